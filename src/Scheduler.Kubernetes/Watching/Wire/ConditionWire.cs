namespace Scheduler.Kubernetes.Watching.Wire;

internal sealed record ConditionWire(string? Type, string? Status, string? Reason, string? Message)
{
    /// <summary>A condition without a status does not count, unlike in the original.</summary>
    public bool Holds => Status == "True";
}
