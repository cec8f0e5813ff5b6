using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Identity;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>
/// The tokens that agents get (stacks-api.md §17.2). They spell out whom they belong to, which saves a table; random ids make
/// them as hard to guess as a sandbox needs.
/// </summary>
internal static class AgentTokens
{
    private const string SessionPrefix = "bkas_";
    private const string JobPrefix = "bkaj_";

    public static string Session(Guid agent) => $"{SessionPrefix}{agent:N}";

    public static string Job(Guid agent, JobId job) => $"{JobPrefix}{agent:N}{job.Value:N}";

    /// <summary>Reads either kind; <paramref name="job"/> is null for a session token.</summary>
    public static bool TryParse([NotNullWhen(true)] string? token, out Guid agent, out JobId? job)
    {
        (agent, job) = (default, null);
        if (token is null || token.Length < SessionPrefix.Length + 32 || !Guid.TryParseExact(token.AsSpan(5, 32), "N", out agent))
        {
            return false;
        }

        if (token.StartsWith(SessionPrefix, StringComparison.Ordinal))
        {
            return token.Length == SessionPrefix.Length + 32;
        }

        var valid = token.StartsWith(JobPrefix, StringComparison.Ordinal) & Guid.TryParseExact(token.AsSpan(37), "N", out var id);
        job = new JobId(id);
        return valid;
    }
}
