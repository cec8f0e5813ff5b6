using Akka.Actor;
using Scheduler.Cluster.Batching;
using Scheduler.Cluster.Tracing;
using Scheduler.Core.Identity;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Launching;

/// <summary>
/// Stands for one Buildkite job, on whichever node its shard lives: carries out what <see cref="JobLifecycle"/> says. Rests
/// without any timer unless something is due, and leaves when nothing is left to do; Kubernetes remembers the job.
/// </summary>
public sealed partial class JobActor : UntypedActor, IWithTimers
{
    private readonly JobActorParts _parts;
    private CancellationTokenSource? _stopping;
    private readonly JobSpans _spans = new();
    private JobLifecycle? _state;

    public JobActor(JobActorParts parts) => _parts = parts;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(JobActorParts parts) => Akka.Actor.Props.Create(() => new JobActor(parts));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Run run:
                _spans.Started(run, _parts.Time.GetUtcNow());
                Take(run.Job, new LifecycleEvent.Started(run));
                break;
            case Seen seen:
                Take(seen.Job, new LifecycleEvent.Observed(seen));
                break;
            case StateIs answer:
                Take(answer.Job, new LifecycleEvent.StateKnown(answer.State));
                break;
            case FinishAnswered answered when _state is { } state:
                OnFinishAnswered(state.Job, answered);
                break;
            case RemoveAnswered answered when _state is { } state:
                OnRemoveAnswered(state.Job, answered);
                break;
            case LifecycleEvent happened when _state is { } state:
                Take(state.Job, happened);
                break;
            case Launching.HandOff:
                HandOff();
                break;
            case Leave:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop()
    {
        _stopping?.Cancel();
        _stopping?.Dispose();
        _parts.Gauges.Change(_state, null);
    }

    private void Take(JobId job, LifecycleEvent happened)
    {
        var before = _state ?? new JobLifecycle(job);
        (_state, var commands) = before.On(happened, _parts.Time.GetUtcNow(), _parts.Settings);
        LogTurn(before, _state, happened);
        _parts.Gauges.Change(before, _state);
        _spans.Changed(before, _state, _parts.Time.GetUtcNow());
        foreach (var command in commands)
        {
            Carry(job, command);
        }

        if (_state.WakeAt != before.WakeAt)
        {
            SetAlarm(_state.WakeAt);
        }

        StopIfHandedOff();
    }

    private void SetAlarm(DateTimeOffset? at)
    {
        if (at is { } time)
        {
            var delay = time - _parts.Time.GetUtcNow();
            Timers.StartSingleTimer(nameof(LifecycleEvent.Due), LifecycleEvent.Due.Instance, delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
        }
        else
        {
            Timers.Cancel(nameof(LifecycleEvent.Due));
        }
    }

    private sealed record Leave
    {
        public static readonly Leave Instance = new();
    }
}
