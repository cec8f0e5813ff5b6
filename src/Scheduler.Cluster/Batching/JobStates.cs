using Akka.Actor;
using Scheduler.Buildkite;
using Scheduler.Cluster.Metrics;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Cluster.Batching;

/// <summary>
/// Asks Buildkite for the states of this node's jobs, up to a thousand in one call: those that are watched at every round, a
/// single question as soon as the pace of calls allows. When a call fails, those who asked once are told so; watchers hear
/// of the next round.
/// </summary>
public sealed partial class JobStates : ReceiveActor, IWithTimers
{
    /// <summary>The limit of the Stacks API.</summary>
    private const int MostPerCall = 1000;

    /// <summary>A slow answer must not hold up all other questions.</summary>
    private const int MostCalls = 4;

    private readonly IStack _stack;
    private readonly JobStatesSettings _settings;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly StateQuestions _questions = new();
    private readonly BuildkiteCallMetrics _metrics;
    private int _calls;

    public JobStates(IStack stack, JobStatesSettings settings, TimeProvider time, BuildkiteCallMetrics? metrics = null)
    {
        _metrics = metrics ?? new NodeMetrics().Calls;
        (_stack, _settings, _time) = (stack, settings, time);
        Receive<WatchState>(OnWatch);
        Receive<UnwatchState>(OnUnwatch);
        Receive<AskState>(OnAsk);
        Receive<Terminated>(ended => _questions.Forget(ended.ActorRef));
        Receive<RoundDue>(_ => OnRound());
        Receive<CallDue>(_ => Call());
        Receive<Answered>(OnAnswered);
        Receive<Failed>(OnFailed);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IStack stack, JobStatesSettings settings, TimeProvider time, BuildkiteCallMetrics? metrics = null) =>
        Akka.Actor.Props.Create(() => new JobStates(stack, settings, time, metrics));

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(RoundDue), RoundDue.Instance, _settings.Interval);

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void OnWatch(WatchState watch)
    {
        if (_questions.Watch(watch.Job, Sender))
        {
            Context.Watch(Sender);
        }
    }

    private void OnUnwatch(UnwatchState unwatch)
    {
        if (_questions.Unwatch(unwatch.Job, Sender))
        {
            Context.Unwatch(Sender);
        }
    }

    private void OnAsk(AskState ask)
    {
        _questions.Ask(ask.Job, Sender);
        CallSoon();
    }

    private void OnRound()
    {
        _questions.BeginRound();
        CallSoon();
    }

    /// <summary>The pause before each call keeps the pace, and gathers what is asked meanwhile.</summary>
    private void CallSoon()
    {
        if (_questions.AnyDue && _calls < MostCalls && !Timers.IsTimerActive(nameof(CallDue)))
        {
            Timers.StartSingleTimer(nameof(CallDue), CallDue.Instance, _settings.Spacing);
        }
    }

    private void Call()
    {
        var batch = _questions.Next(MostPerCall);
        if (batch.Askers.Count > 0)
        {
            _calls++;
            _metrics.StatesCalls.Inc();
            AskBuildkiteAsync(batch).PipeTo(
                Self, success: states => new Answered(batch, states), failure: error => new Failed(batch, error));
        }

        CallSoon();
    }

    private async Task<IReadOnlyDictionary<JobId, JobState>> AskBuildkiteAsync(StateBatch batch)
    {
        using var timeout = new CancellationTokenSource(_settings.CallTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, timeout.Token);
        return await _stack.GetStatesAsync([.. batch.Askers.Keys], either.Token).ConfigureAwait(false);
    }

    private void OnAnswered(Answered answered)
    {
        _calls--;
        foreach (var (job, askers) in answered.Batch.Askers)
        {
            var state = new StateIs(job, answered.States.GetValueOrDefault(job, JobState.Unknown));
            foreach (var interested in askers.Union(_questions.WatchersOf(job)))
            {
                interested.Tell(state);
            }
        }

        CallSoon();
    }

    private void OnFailed(Failed failed)
    {
        _calls--;
        _metrics.StatesErrors.Inc();
        LogFailed(failed.Batch.Askers.Count, failed.Error);
        foreach (var (job, askers) in failed.Batch.Askers)
        {
            foreach (var asker in askers)
            {
                asker.Tell(new StateIs(job, null));
            }
        }

        CallSoon();
    }

    private sealed record RoundDue
    {
        public static readonly RoundDue Instance = new();
    }

    private sealed record CallDue
    {
        public static readonly CallDue Instance = new();
    }

    private sealed record Answered(StateBatch Batch, IReadOnlyDictionary<JobId, JobState> States);

    private sealed record Failed(StateBatch Batch, Exception Error);
}
