using Akka.Event;

namespace Scheduler.Cluster.Trust;

public sealed partial class CertificateWatch
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private string? _lastTrouble;
    private DateTimeOffset _lastEnding = DateTimeOffset.MinValue;

    private void LogLeaving() =>
        _log.Info("the certificate for TLS between nodes is to be replaced; this node leaves and joins again with what is in {Place}", _parts.Source.Place);

    /// <summary>Once a day.</summary>
    private void LogEnding()
    {
        if (_current.EndsSoon && _time.GetUtcNow() - _lastEnding >= TimeSpan.FromDays(1))
        {
            _lastEnding = _time.GetUtcNow();
            _log.Warning("the nodes believe each other until {End:u} only; renew what is in {Place}", _current.GoodUntil, _parts.Source.Place);
        }
    }

    /// <summary>The same trouble every few seconds is told once.</summary>
    private void LogTrouble(Exception? error)
    {
        if (error is not null && error.Message != _lastTrouble)
        {
            _log.Warning("looking after the certificate for TLS between nodes: {Reason}; trying again", error.Message);
        }

        _lastTrouble = error?.Message;
    }
}
