using Scheduler.Buildkite;
using Scheduler.Kubernetes.Options;
using Scheduler.Running;

namespace Scheduler.Checking;

/// <summary>
/// Whether Buildkite lets the controller work. Registers nothing: the list of waiting jobs can therefore only be read once the
/// controller has run before.
/// </summary>
internal sealed class BuildkiteChecks(ControllerOptions options, TimeSpan limit, CheckFindings findings)
{
    private const string Network = "check agent-config.endpoint, and that Buildkite can be reached from here";

    private const int MostPages = 10;

    private const int PageSize = 1000;

    /// <returns>Jobs waiting; null when Buildkite does not say.</returns>
    public async Task<WaitingJobsCount?> RunAsync(string token, CancellationToken cancellationToken)
    {
        StacksClient api;
        try
        {
            api = StacksClient.Create(StackNames.Client(options, token) with { HttpTimeout = limit });
        }
        catch (ArgumentException error)
        {
            findings.Fail("buildkite", error.Message, "correct what is named there");
            return null;
        }

        using (api)
        {
            return await IsAcceptedAsync(api, cancellationToken) ? await WaitingAsync(api, cancellationToken) : null;
        }
    }

    private async Task<bool> IsAcceptedAsync(StacksClient api, CancellationToken cancellationToken)
    {
        try
        {
            var identity = await api.GetTokenAsync(cancellationToken);
            if (!identity.IsClustered)
            {
                findings.Fail("buildkite token", "accepted, but it belongs to no cluster", "create a cluster's agent token and put it into the secret");
                return false;
            }

            findings.Ok("buildkite token", $"accepted: organization {identity.OrganizationSlug}, cluster {identity.ClusterName}");
            if (identity.QueueKey is { Length: > 0 } only && only != StackNames.Registration(options).QueueKey)
            {
                findings.Warn("buildkite queue", $"the token reaches the queue {only} only", $"set queue: {only}, or use a token of the whole cluster");
            }

            return true;
        }
        catch (StacksApiException error) when (error.Kind == StacksErrorKind.Unauthorized)
        {
            findings.Fail("buildkite token", "Buildkite rejects the agent token (401)", "put a valid cluster token into the secret");
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Fail("buildkite", $"cannot be asked: {error.Message}", Network);
        }

        return false;
    }

    private async Task<WaitingJobsCount?> WaitingAsync(StacksClient api, CancellationToken cancellationToken)
    {
        var stack = StackNames.Registration(options);
        var what = $"buildkite queue {stack.QueueKey}";
        try
        {
            var waiting = await CountAsync(api.Open(new StackRegistration(stack.Key, stack.QueueKey, stack.QueueKey)), cancellationToken);
            if (waiting.IsPaused)
            {
                findings.Warn(what, "found, and paused: nothing starts", "resume it at Buildkite");
            }
            else
            {
                findings.Ok(what, "found, and not paused");
            }

            return waiting;
        }
        catch (StacksApiException error) when (error.Kind == StacksErrorKind.NotFound && error.Message.Contains("stack not found", StringComparison.OrdinalIgnoreCase))
        {
            findings.Warn(
                what,
                $"unchecked, as are pauses and waiting jobs: Buildkite tells them only to a registered stack, and {stack.Key} is not registered now",
                "nothing to do if it never ran or was stopped: scheduler run registers it");
        }
        catch (StacksApiException error) when (error.Kind == StacksErrorKind.NotFound)
        {
            findings.Fail(what, error.Message, "create the queue in the token's cluster, or set queue to one that exists");
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Fail(what, $"cannot be listed: {error.Message}", Network);
        }

        return null;
    }

    private async Task<WaitingJobsCount> CountAsync(IStack stack, CancellationToken cancellationToken)
    {
        var tags = StackNames.Tags(options);
        var page = await stack.ListScheduledAsync(after: null, PageSize, cancellationToken);
        var jobs = page.Jobs.AsEnumerable();
        for (var read = 1; page is { HasNextPage: true, EndCursor: not null } && read < MostPages; read++)
        {
            page = await stack.ListScheduledAsync(page.EndCursor, PageSize, cancellationToken);
            jobs = jobs.Concat(page.Jobs);
        }

        var all = jobs.DistinctBy(job => job.Id).ToList();
        return new WaitingJobsCount(all.Count, all.Count(job => tags.Fit(job.AgentQueryRules)), page.HasNextPage, page.Paused);
    }
}
