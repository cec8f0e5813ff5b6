using System.Text;
using Scheduler.Core.Identity;

namespace Scheduler.Buildkite.Transport;

/// <summary>
/// Builds the URLs of the API below the configured endpoint. Path segments are escaped, the dot among them (the service
/// refuses dots in some); queries are sorted by name with blanks as <c>+</c> (stacks-api.md §1).
/// </summary>
internal sealed class StacksUris(Uri endpoint)
{
    // Otherwise Uri would turn %2E back into a dot.
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly string _base = endpoint.AbsoluteUri.TrimEnd('/');

    public Uri Token => Of("token");

    public Uri Register => Of("stacks/register");

    public Uri Deregister(string stack) => Of($"stacks/{Segment(stack)}/deregister");

    public Uri ListScheduled(string stack, string queueKey, string? after, int limit)
    {
        var path = new StringBuilder($"stacks/{Segment(stack)}/scheduled-jobs?");
        if (!string.IsNullOrEmpty(after))
        {
            path.Append("after=").Append(QueryValue(after)).Append('&');
        }

        return Of(path.Append($"limit={limit}&queue_key={QueryValue(queueKey)}").ToString());
    }

    public Uri Reserve(string stack) => Of($"stacks/{Segment(stack)}/scheduled-jobs/batch-reserve");

    public Uri GetJob(string stack, JobId job) => Of($"stacks/{Segment(stack)}/jobs/{job}");

    public Uri GetStates(string stack) => Of($"stacks/{Segment(stack)}/jobs/get-states");

    public Uri Finish(string stack, JobId job) => Of($"stacks/{Segment(stack)}/jobs/{job}/finish");

    public Uri Notifications(string stack) => Of($"stacks/{Segment(stack)}/notifications");

    private static string Segment(string text) => Uri.EscapeDataString(text).Replace(".", "%2E", StringComparison.Ordinal);

    private static string QueryValue(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private Uri Of(string path) => new($"{_base}/{path}", AsWritten);
}
