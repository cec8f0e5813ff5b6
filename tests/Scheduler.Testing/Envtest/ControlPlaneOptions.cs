using System.Net;

namespace Scheduler.Testing.Envtest;

/// <summary>What a <see cref="ControlPlane"/> consists of.</summary>
public sealed record ControlPlaneOptions
{
    /// <summary>Also start the controllers that make pods of Jobs and clean up.</summary>
    public bool WithJobController { get; init; }

    /// <summary>Write <see cref="ControlPlane.AuditLog"/>: who asked for what, and whether that was allowed.</summary>
    public bool WithAuditLog { get; init; }

    /// <summary>Keep objects as JSON in <see cref="ControlPlane.Store"/>, so that they can be read there past the API server.</summary>
    public bool WithReadableStore { get; init; }

    /// <summary>How many API servers share the one etcd; the first is the one that controllers and <see cref="ControlPlane.Kubeconfig"/> use.</summary>
    public int ApiServers { get; init; } = 1;

    /// <summary>Where the API server listens. etcd is always on the loopback address.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;
}
