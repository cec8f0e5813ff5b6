using Akka.Actor;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Fetching;

public sealed partial class JobFetcher
{
    private readonly FetcherMeter _meter;

    /// <summary>Measures what each message did. Those of timers come wrapped here.</summary>
    protected override bool AroundReceive(Receive receive, object message)
    {
        var handled = base.AroundReceive(receive, message);
        switch (message)
        {
            case TakeAnswered answered:
                _meter.Answered(answered.Job, answered.Answer, Now);
                break;
            case ReserveAnswered answered:
                _meter.Reserved(failed: answered.Answer.Error is not null);
                break;
            case ExtendAnswered answered:
                _meter.Reserved(failed: answered.Answer.Error is not null);
                break;
            case NotLaunched:
                _meter.NotLaunched();
                break;
        }

        _meter.State(_backlog.Count, _asked.Count, Math.Max(0, _settings.Concurrency - _asked.Count), Now);
        return handled;
    }

    private FetcherStatus Status() => new(_backlog.Count, _asked.Count, _pursuits.Count, _paused, Now - _lastPoll)
    {
        Node = SelfNode.Of(Context.System),
    };
}
