using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Scheduler.Core.Facts;
using Scheduler.Core.Text;

namespace Scheduler.Core.Verdicts;

/// <summary>
/// What the author of a pipeline reads: the facts of the original's catalogue (controller-behaviour.md §15), and a few more. The
/// lines are ours: what Kubernetes, a webhook or a container says stays within its line or its cell of a table.
/// </summary>
public static class FailureText
{
    /// <summary>Of somebody else's words, so that ours stay within what Buildkite keeps of a message.</summary>
    private const int LongestWords = 1500;

    /// <summary>N1.</summary>
    public const string Created = "K8s Job created successfully, waiting for Agent to start...";

    /// <param name="trouble">What is wrong; not <see cref="Trouble.NodeLost"/>, of which the job's end will tell.</param>
    /// <param name="job">The Kubernetes Job as last seen.</param>
    /// <param name="pod">Its pod as last seen.</param>
    /// <param name="stuck">The containers that cannot be made.</param>
    /// <param name="now">For how long something has lasted.</param>
    public static FailureReport For(Trouble trouble, JobFact job, PodFact? pod, ImmutableArray<ContainerFact> stuck, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(job);
        return trouble switch
        {
            Trouble.InitFailed => new FailureReport(InitContainers(pod), null) { ExitStatus = InitExit(pod) },
            Trouble.ContainersStuck => new FailureReport(Stuck(stuck), null),
            Trouble.PendingTooLong => new FailureReport(Pending(pod, now), null),
            Trouble.NoPodEver => new FailureReport("The Kubernetes job ended without starting a pod." + Ending(job), job.Name),
            Trouble.Stalled => new FailureReport(
                $"The Kubernetes job spent {HumanDuration.Rough(now - (job.StartedAt ?? now))} without starting a pod.", job.Name),
            Trouble.DeadlineExceeded => new FailureReport(
                $"The Kubernetes job reached its active deadline{Deadline(job)} before the buildkite-agent acquired the job." + PodEnd(pod), job.Name),
            Trouble.JobDeleted => new FailureReport(
                $"The Kubernetes job {job.Name} was deleted before the buildkite-agent acquired the job.", job.Name),
            _ => new FailureReport(
                "The Kubernetes pod failed before the buildkite-agent acquired the job. "
                + "Likely causes are eviction, running out of memory, a failure of its node, or that it was killed from outside." + PodEnd(pod),
                job.Name),
        };
    }

    /// <summary>N2.</summary>
    public static string ImageNotice(ImmutableArray<ContainerFact> stuck) =>
        "Image pull failure; the job will fail once the agent times out. " + string.Join("; ", stuck.OrderBy(c => c.Name, StringComparer.Ordinal)
            .Select(container => Said($"{container.Name}: {container.Waiting?.Reason}{InBrackets(container.Waiting?.Message)}")));

    /// <summary>A passing fault that keeps a Kubernetes Job from being made; it is tried again.</summary>
    public static string LaunchDelayed(string why) => "The K8s Job cannot be created yet, it will be tried again: " + Said(why);

    /// <summary>The pod's node takes it away while the agent runs: the job fails, or is lost, by what the agent can still report.</summary>
    /// <param name="why">As <see cref="Disruption.Of"/> has it.</param>
    public static string Disrupted(string why) => $"The pod was taken away while its agent ran: {why}. The agent may still report how the job ended.";

    /// <summary>Of the container that failed last.</summary>
    private static int InitExit(PodFact? pod) =>
        (pod?.Containers ?? []).Where(PodVerdict.HasFailed).OrderBy(container => container.Terminated!.FinishedAt ?? DateTimeOffset.MinValue)
            .LastOrDefault()?.Terminated!.ExitCode ?? FailureReport.StackError;

    private static string InitContainers(PodFact? pod) => "The following init containers failed:\n\n" + BoxTable.Draw(
        ["CONTAINER", "EXIT CODE", "SIGNAL", "REASON", "MESSAGE"],
        (pod?.Containers ?? []).Where(PodVerdict.HasFailed).OrderBy(c => c.Name, StringComparer.Ordinal).Select(container =>
            (ImmutableArray<string>)
            [
                container.Name,
                Number(container.Terminated!.ExitCode),
                Number(container.Terminated.Signal),
                container.Terminated.Reason,
                container.Terminated.Message ?? "",
            ]));

    private static string Stuck(ImmutableArray<ContainerFact> stuck) =>
        "The following containers could not be created or their images could not be pulled:\n\n" + BoxTable.Draw(
            ["CONTAINER", "IMAGE REF", "REASON", "MESSAGE"],
            stuck.OrderBy(c => c.Name, StringComparer.Ordinal).Select(container =>
                (ImmutableArray<string>)[container.Name, GoText.Quote(container.Image), container.Waiting?.Reason ?? "", container.Waiting?.Message ?? ""]));

    private static string Pending(PodFact? pod, DateTimeOffset now)
    {
        var text = new StringBuilder(
            $"The pod has been in Pending state for {HumanDuration.ToTheSecond(now - (pod?.CreatedAt ?? now))} without starting.");
        foreach (var condition in pod?.Conditions ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"\n- {Said(condition.Type)}: {Said(condition.Status)}");
            text.Append(string.Join(": ", new[] { condition.Reason, condition.Message }.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } more
                ? $" ({Said(more)})"
                : "");
        }

        return text.ToString();
    }

    private static string Deadline(JobFact job) => job.Deadline is { } deadline ? $" of {HumanDuration.ToTheSecond(deadline)}" : "";

    private static string Ending(JobFact job) => job.Ending is { Reason: { Length: > 0 } reason } ending
        ? Said($" {reason}{(string.IsNullOrEmpty(ending.Message) ? "" : ": " + ending.Message)}")
        : "";

    /// <summary>What the pod itself says of its end, and how its agent ended.</summary>
    private static string PodEnd(PodFact? pod)
    {
        var text = new StringBuilder();
        if (!string.IsNullOrEmpty(pod?.Reason))
        {
            text.Append('\n').Append(Said($"The pod's status is {pod.Reason}{(string.IsNullOrEmpty(pod.Message) ? "" : ": " + pod.Message)}"));
        }

        if (PodVerdict.Agent(pod)?.Terminated is { } agent)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nThe agent container ended with exit code {agent.ExitCode}");
            text.Append(string.IsNullOrEmpty(agent.Reason) ? "." : $" ({Said(agent.Reason)}).");
        }

        return text.ToString();
    }

    private static string InBrackets(string? words) => string.IsNullOrEmpty(words) ? "" : $" ({words})";

    /// <summary>Somebody else's words, on one line.</summary>
    private static string Said(string words) => PlainText.Line(words, LongestWords);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
