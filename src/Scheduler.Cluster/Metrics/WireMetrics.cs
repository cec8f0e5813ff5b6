using System.Globalization;
using Prometheus;
using Scheduler.Cluster.Serialization;

namespace Scheduler.Cluster.Metrics;

/// <summary>What came in from other nodes, or from whoever reaches the remoting port, and was turned away.</summary>
public sealed class WireMetrics
{
    private const string Other = "other";

    private readonly Counter _refused;
    private readonly Counter _refusedConnections;

    internal WireMetrics(MetricFamilies families)
    {
        _refused = families.Counter(
            "refused_total",
            "Payloads that were not read, by the id of the serializer they named.",
            ["serializer"],
            [.. WireTable.Ids.Select(id => id.ToString(CultureInfo.InvariantCulture)), Other]);
        _refusedConnections = families.Counter(
            "connections_refused_total", "Connections from outside that were closed by this node.", ["reason"], "certificate", "crowded", "displaced", "malformed");
        Connections = families.Gauge("connections", "Connections that others have opened to this node.");
    }

    public Gauge Connections { get; }

    /// <summary>Refused payloads so far.</summary>
    public double Refused => _refused.GetAllLabelValues().Sum(labels => _refused.WithLabels(labels).Value);

    /// <param name="serializer">As the payload names it; whatever is not in the table counts as one.</param>
    public void PayloadRefused(int serializer) =>
        _refused.WithLabels(WireTable.Ids.Contains(serializer) ? serializer.ToString(CultureInfo.InvariantCulture) : Other).Inc();

    /// <param name="kind">certificate, crowded, displaced or malformed.</param>
    public void ConnectionRefused(string kind) => _refusedConnections.WithLabels(kind).Inc();
}
