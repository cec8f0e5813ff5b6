using System.Collections.Immutable;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;
using Scheduler.Core.Tests.Verdicts;

namespace Scheduler.Core.Tests.Lifecycle;

/// <summary>One job's life, told event by event. Each step returns what is to be done, so that a test reads as cause and effect.</summary>
internal sealed class Story
{
    public static readonly LifecycleSettings Settings = new();

    private static readonly ImmutableArray<string> NoRules = [];

    private readonly List<LifecycleCommand> _all = [];

    public JobLifecycle State { get; private set; } = new(Given.Job);

    public DateTimeOffset Now { get; private set; } = Given.Noon;

    /// <summary>All commands so far.</summary>
    public IReadOnlyList<LifecycleCommand> All => _all;

    public static GrantId Grant(long number) => new(new Epoch(1), number);

    public static Run RunOf(long grant) => new(Given.Job, Grant(grant), 0, NoRules);

    /// <summary>A story that begins with what Kubernetes shows, as after a failover.</summary>
    public static Story Revived(JobFact? job, PodFact? pod = null)
    {
        var story = new Story();
        story.Sees(job, pod);
        return story;
    }

    public LifecycleCommand[] Runs(long grant = 1) => Happens(new LifecycleEvent.Started(RunOf(grant)));

    public LifecycleCommand[] Launches(LaunchOutcome outcome, long grant = 1) => Happens(new LifecycleEvent.LaunchEnded(RunOf(grant), outcome));

    public LifecycleCommand[] Sees(JobFact? job, PodFact? pod = null) => Happens(new LifecycleEvent.Observed(new Seen(Given.Job, job, pod)));

    public LifecycleCommand[] Says(JobState? state) => Happens(new LifecycleEvent.StateKnown(state));

    public LifecycleCommand[] Finishes(FinishResult result = FinishResult.Done) => Happens(new LifecycleEvent.FinishEnded(result));

    public LifecycleCommand[] Removes(bool succeeded = true) => Happens(new LifecycleEvent.RemoveEnded(succeeded));

    /// <summary>Time passes; whatever falls due on the way is answered.</summary>
    public LifecycleCommand[] Passes(double seconds)
    {
        var until = Now.AddSeconds(seconds);
        var commands = new List<LifecycleCommand>();
        while (State.WakeAt <= until)
        {
            Now = State.WakeAt.Value > Now ? State.WakeAt.Value : Now;
            commands.AddRange(Happens(LifecycleEvent.Due.Instance));
        }

        Now = until;
        return [.. commands];
    }

    public LifecycleCommand[] Happens(LifecycleEvent happened)
    {
        (State, var commands) = State.On(happened, Now, Settings);
        _all.AddRange(commands);
        return [.. commands];
    }

    public int Count<T>() => _all.OfType<T>().Count();
}
