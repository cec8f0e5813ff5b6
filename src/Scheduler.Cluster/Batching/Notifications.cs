using Akka.Actor;
using Scheduler.Buildkite;
using Scheduler.Cluster.Metrics;

namespace Scheduler.Cluster.Batching;

/// <summary>
/// Sends this node's lines for jobs' timelines, many in one call. A line that Buildkite did not take for a passing reason is
/// sent again a few times; one that it may have taken is not, for it would show twice.
/// </summary>
public sealed partial class Notifications : ReceiveActor, IWithTimers
{
    /// <summary>The limit of the Stacks API.</summary>
    private const int MostPerCall = 1000;

    private const int MostFailures = 5;

    /// <summary>
    /// A line sent as soon as this bears no time, so that Buildkite takes its own: a clock ahead of Buildkite's would have the
    /// line refused.
    /// </summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly IStack _stack;
    private readonly NotificationsSettings _settings;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Outbox _outbox;
    private readonly BuildkiteCallMetrics _metrics;
    private IActorRef? _drainer;
    private bool _callUnderWay;
    private long _dropped;

    public Notifications(IStack stack, NotificationsSettings settings, TimeProvider time, BuildkiteCallMetrics? metrics = null)
    {
        _metrics = metrics ?? new NodeMetrics().Calls;
        (_stack, _settings, _time, _outbox) = (stack, settings, time, new Outbox(settings.BufferLimit));
        Receive<Notify>(OnNotify);
        Receive<FlushDue>(_ => Flush());
        Receive<Sent>(OnSent);
        Receive<Drain>(_ => OnDrain());
        Receive<GetNotificationsStatus>(_ => Sender.Tell(new NotificationsStatus(_outbox.Count, _dropped)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IStack stack, NotificationsSettings settings, TimeProvider time, BuildkiteCallMetrics? metrics = null) =>
        Akka.Actor.Props.Create(() => new Notifications(stack, settings, time, metrics));

    protected override void PostStop()
    {
        if (_outbox.Count > 0)
        {
            LogLeft();
        }

        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void OnNotify(Notify notify)
    {
        if (!_outbox.TryAdd(new OutgoingLine(notify.Job, notify.Detail, _time.GetUtcNow(), Failures: 0)))
        {
            CountDropped(1);
        }

        FlushSoon();
    }

    private void FlushSoon()
    {
        if (_outbox.Count > 0 && !_callUnderWay && !Timers.IsTimerActive(nameof(FlushDue)))
        {
            Timers.StartSingleTimer(nameof(FlushDue), FlushDue.Instance, _settings.FlushInterval);
        }
    }

    private void Flush()
    {
        if (_callUnderWay || _outbox.Count == 0)
        {
            return;
        }

        _callUnderWay = true;
        var lines = _outbox.Take(MostPerCall);
        var now = _time.GetUtcNow();
        _stack.NotifyAsync(
                Array.ConvertAll(lines, line => new StackNotification(line.Job, line.Detail, now - line.At < Fresh ? null : line.At)),
                _stopping.Token)
            .PipeTo(Self, success: result => new Sent(lines, result, result.Error), failure: error => new Sent(lines, null, error));
    }

    private void OnSent(Sent sent)
    {
        _callUnderWay = false;
        foreach (var rejected in sent.Answer?.Rejected ?? [])
        {
            LogRejected(rejected);
        }

        if (sent.Answer is { Error: null } result)
        {
            _metrics.NotificationsSent.Inc(sent.Lines.Length - result.Rejected.Length);
            _metrics.NotificationsDropped.Inc(result.Rejected.Length);
        }

        if (sent.Error is { } error)
        {
            // One call is one request, so either all of its lines failed or none.
            var again = error is StacksApiException { IsTransient: true, StatusCode: not null }
                ? sent.Lines.Count(line => line.Failures + 1 < MostFailures && _outbox.TryReturn(line with { Failures = line.Failures + 1 }))
                : 0;
            LogFailed(sent.Lines.Length, again, error);
            CountDropped(sent.Lines.Length - again);
        }

        if (_drainer is null)
        {
            FlushSoon();
        }
        else
        {
            DrainOn();
        }
    }

    private void OnDrain()
    {
        _drainer = Sender;
        DrainOn();
    }

    private void DrainOn()
    {
        Flush();
        if (!_callUnderWay)
        {
            _drainer.Tell(Drained.Instance);
        }
    }

    private void CountDropped(int lines)
    {
        if (_dropped == 0 && lines > 0)
        {
            LogDropping();
        }

        _dropped += lines;
        _metrics.NotificationsDropped.Inc(lines);
    }

    private sealed record FlushDue
    {
        public static readonly FlushDue Instance = new();
    }

    private sealed record Sent(OutgoingLine[] Lines, NotifyResult? Answer, Exception? Error);
}
