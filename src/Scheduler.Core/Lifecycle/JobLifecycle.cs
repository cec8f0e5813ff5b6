using System.Collections.Immutable;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;
using Scheduler.Core.Verdicts;

namespace Scheduler.Core.Lifecycle;

/// <summary>
/// All that is remembered of one job from its token to its end. It can be thrown away at any moment: the next look at
/// Kubernetes and the next answer of Buildkite lead to the same end.
/// </summary>
public sealed record JobLifecycle(JobId Job)
{
    /// <summary>The launch under way.</summary>
    public Run? Launching { get; init; }

    /// <summary>The one to follow it: the limiter has settled the grant in hand meanwhile.</summary>
    public Run? NextLaunch { get; init; }

    /// <summary>The Job as last seen, or as just created; stays when it vanished.</summary>
    public JobFact? KubernetesJob { get; init; }

    /// <summary>The watch has shown <see cref="KubernetesJob"/>; otherwise it is only known to have been created.</summary>
    public bool Witnessed { get; init; }

    /// <summary>When the watch last showed it, no older than it was known.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary><see cref="KubernetesJob"/> was unfinished when it was last seen and is gone.</summary>
    public bool Vanished { get; init; }

    public PodFact? Pod { get; init; }

    public StuckContainers Stuck { get; init; } = StuckContainers.None;

    /// <summary>The Buildkite job has ended, or was ended by us, or can never be: nothing more is to be told about it.</summary>
    public bool Ended { get; init; }

    /// <summary>Buildkite calls it finished, so that an agent most likely ran it.</summary>
    public bool Finished { get; init; }

    /// <summary>Buildkite refused to fail it; asked no more.</summary>
    public bool Refused { get; init; }

    /// <summary>Buildkite's state comes at every round.</summary>
    public bool Watching { get; init; }

    /// <summary>Until then an answer of Buildkite is awaited; null = none is.</summary>
    public DateTimeOffset? AnswerBy { get; init; }

    /// <summary>Not before this is Buildkite asked again; null = at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Calls failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Why no Kubernetes Job can be made, until Buildkite has been told.</summary>
    public FailureReport? Unsent { get; init; }

    /// <summary>The report under way, with what follows it.</summary>
    public PendingReport? Reporting { get; init; }

    /// <summary>What is being cleared away, or was and may have to be again.</summary>
    public RemoveOrder? Order { get; init; }

    /// <summary>UID of the Job that seems stalled, until Buildkite or Kubernetes says more; null = none does.</summary>
    public string? Suspect { get; init; }

    /// <summary>Why the last suspect was let off; null = it was not, or not yet.</summary>
    public StallDoubt? Doubt { get; init; }

    /// <summary>The author knows that containers of a running agent cannot be made.</summary>
    public bool Noticed { get; init; }

    /// <summary>UID of the pod of which the author knows that it was taken away under its agent; null = of none.</summary>
    public string? Disrupted { get; init; }

    /// <summary>Reasons for a delay the author was told, without their numbers.</summary>
    public ImmutableHashSet<string> Told { get; init; } = [];

    /// <summary>Until then <see cref="Told"/> is worth keeping.</summary>
    public DateTimeOffset? LingerUntil { get; init; }

    /// <summary>When to be woken by <see cref="LifecycleEvent.Due"/>; null = not at all.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    public LifecycleStage Stage => this switch
    {
        { Launching: not null } when KubernetesJob is null or { State: KubernetesJobState.Finished } => LifecycleStage.Creating,
        { KubernetesJob: null } => LifecycleStage.Idle,
        { Vanished: true } or { KubernetesJob.State: KubernetesJobState.Finished } => LifecycleStage.Finished,
        { Pod: null } => LifecycleStage.Created,
        _ when PodVerdict.AgentRuns(Pod) => LifecycleStage.Running,
        { Pod.Phase: PodPhase.Pending } when PodVerdict.Agent(Pod)?.Terminated is null => LifecycleStage.Pending,
        _ => LifecycleStage.Ending,
    };

    /// <summary>Whether Kubernetes has something unfinished of it.</summary>
    public bool IsLive => !Vanished && KubernetesJob?.State == KubernetesJobState.Unfinished;

    /// <summary>The rules. Total: every event is answered in every state.</summary>
    public LifecycleStep On(LifecycleEvent happened, DateTimeOffset now, LifecycleSettings settings)
    {
        ArgumentNullException.ThrowIfNull(happened);
        ArgumentNullException.ThrowIfNull(settings);
        return new LifecycleTurn(this, now, settings).Take(happened);
    }
}
