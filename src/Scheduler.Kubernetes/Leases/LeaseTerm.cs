using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Leases;

/// <summary>A lease that is held.</summary>
/// <param name="Epoch">How often it changed hands.</param>
/// <param name="ValidUntil">From this moment on others may take it; the holder must have stopped acting on it.</param>
public sealed record LeaseTerm(Epoch Epoch, Moment ValidUntil);
