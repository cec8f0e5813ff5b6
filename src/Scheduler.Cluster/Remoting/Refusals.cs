using Akka.Event;
using Scheduler.Cluster.Metrics;
using Scheduler.Cluster.Serialization;
using Scheduler.Core.Text;

namespace Scheduler.Cluster.Remoting;

/// <summary>
/// Where everything that is turned away at the remoting port is counted, each time, and told, once a minute and kind. One per
/// actor system; safe to use from any thread.
/// </summary>
/// <param name="metrics">Counts.</param>
/// <param name="time">Measures the minute.</param>
public sealed class Refusals(WireMetrics metrics, TimeProvider time)
{
    private const int LongestManifest = 80;

    private readonly LineBudget _payloads = new(1, time);
    private readonly LineBudget _connections = new(1, time);
    private volatile ILoggingAdapter _log = NoLogger.Instance;

    /// <summary>Counts and tells that a payload is not read.</summary>
    /// <param name="serializer">The id it names.</param>
    /// <param name="manifest">What it says to be; printed cleaned.</param>
    /// <param name="reason">Why, in our own words.</param>
    /// <param name="cause">What reading it threw; null when it was not tried.</param>
    /// <returns>To be thrown: the one kind of exception that Akka takes for a fault of the message and not of the connection.</returns>
    internal PayloadRefusedException Payload(int serializer, string? manifest, string reason, Exception? cause = null)
    {
        metrics.PayloadRefused(serializer);
        var name = PlainText.Line(manifest, LongestManifest);
        if (_payloads.TryTake(out var suppressed))
        {
            _log.Warning(
                "a payload from outside was refused (serializer {Serializer}, manifest '{Manifest}'): {Reason}; {Suppressed} more were refused silently before",
                serializer,
                name,
                reason,
                suppressed);
        }

        return new PayloadRefusedException($"refused (serializer {serializer}, manifest '{name}'): {reason}", cause);
    }

    /// <summary>Counts and tells that a connection is closed.</summary>
    /// <param name="from">The peer's address.</param>
    /// <param name="kind">As in <see cref="WireMetrics.ConnectionRefused"/>.</param>
    /// <param name="reason">Why, in our own words.</param>
    internal void Connection(string? from, string kind, string reason)
    {
        metrics.ConnectionRefused(kind);
        if (_connections.TryTake(out var suppressed))
        {
            _log.Warning(
                "a connection from {Peer} was closed: {Reason}; {Suppressed} more were closed silently before",
                PlainText.Line(from, LongestManifest),
                reason,
                suppressed);
        }
    }

    internal void OpenConnections(int count) => metrics.Connections.Set(count);

    internal void TellTo(ILoggingAdapter log) => _log = log;
}
