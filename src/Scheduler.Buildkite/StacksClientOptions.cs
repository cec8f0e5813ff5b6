using System.Buffers;
using System.Collections.Immutable;
using System.Net;

namespace Scheduler.Buildkite;

/// <summary>How to reach the Stacks API and how to behave there.</summary>
public sealed record StacksClientOptions
{
    private static readonly SearchValues<char> VersionCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-+_");

    /// <summary>Base URL, with or without a trailing slash; its path is kept.</summary>
    public Uri Endpoint { get; init; } = new("https://agent.buildkite.com/v3");

    /// <summary>The cluster agent token. Never printed, logged or put into an exception.</summary>
    public required string Token { get; init; }

    /// <summary>This program's version in the User-Agent, e.g. <c>v1.2.3</c>.</summary>
    public string UserAgentVersion { get; init; } = "devel";

    /// <summary>For one attempt from connecting to the last byte; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public TimeSpan HttpTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The same for deregistering, which must not hold up the end of the program.</summary>
    public TimeSpan DeregisterTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Wait before the second attempt; later waits grow from it as in stacks-api.md §13. Zero to repeat at once.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest wait the client takes upon itself when the service asks for one. A longer <c>Retry-After</c> ends the call with
    /// its error; a longer <c>RateLimit-Reset</c> is cut to it.
    /// </summary>
    public TimeSpan LongestServerWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of one answer, unpacked; a longer one is an error.</summary>
    public int MaxResponseBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>
    /// Calls this process makes at most within any second. The defaults are the service's limits per stack (stacks-api.md §12);
    /// divide those that several nodes use at once. Endpoints not named here are not limited.
    /// </summary>
    public ImmutableDictionary<StacksEndpoint, int> RequestsPerSecond { get; init; } = ServiceLimits;

    /// <summary>Null = <see cref="HttpClient.DefaultProxy"/>.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>
    /// Log requests and answers with headers and bodies at debug level, the token masked and jobs' environments left out.
    /// </summary>
    public bool LogHttpPayloads { get; init; }

    /// <summary>The documented limits of the service.</summary>
    public static ImmutableDictionary<StacksEndpoint, int> ServiceLimits { get; } = new Dictionary<StacksEndpoint, int>
    {
        [StacksEndpoint.Deregister] = 10,
        [StacksEndpoint.ListScheduled] = 10,
        [StacksEndpoint.Reserve] = 10,
        [StacksEndpoint.GetJob] = 1000,
        [StacksEndpoint.GetStates] = 20,
        [StacksEndpoint.Finish] = 100,
        [StacksEndpoint.Notify] = 200,
    }.ToImmutableDictionary();

    /// <summary>What is wrong with these options, each naming key, value and remedy; empty when they can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("http" or "https")
            || Endpoint.Query.Length + Endpoint.Fragment.Length + Endpoint.UserInfo.Length > 0)
        {
            yield return "agent-config.endpoint must be an http or https URL without user, query and fragment, "
                + "such as https://agent.buildkite.com/v3";
        }

        if (Token.Length == 0 || Token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            yield return "the Buildkite agent token (its value is not shown) is empty or has blanks or special characters; check the "
                + "secret for line breaks";
        }

        if (UserAgentVersion.Length == 0 || UserAgentVersion.AsSpan().ContainsAnyExcept(VersionCharacters))
        {
            yield return $"the version '{UserAgentVersion}' cannot be part of a User-Agent; use letters, digits and . - + _";
        }

        foreach (var (name, value) in new[] { ("http-timeout", HttpTimeout), ("deregister timeout", DeregisterTimeout) })
        {
            if (value != Timeout.InfiniteTimeSpan && (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1)))
            {
                yield return $"{name} {value} must be more than zero and at most a day, such as 60s";
            }
        }

        if (RetryDelay < TimeSpan.Zero || LongestServerWait < TimeSpan.Zero || LongestServerWait > TimeSpan.FromDays(1))
        {
            yield return $"the retry delay {RetryDelay} and the longest server wait {LongestServerWait} must lie between zero and a day";
        }

        foreach (var (endpoint, perSecond) in RequestsPerSecond)
        {
            if (perSecond < 1)
            {
                yield return $"requests per second for {endpoint} are {perSecond}; use 1 or more, or leave the endpoint out for no limit";
            }
        }
    }

    /// <summary>Leaves the token out.</summary>
    public override string ToString() => $"Stacks API at {Endpoint}, time-out {HttpTimeout}";
}
