using Akka.Actor;
using Akka.Event;

namespace Scheduler.Cluster.Launching;

/// <summary>
/// Tells a job's actor that its shard moves to another node. A launch under way is ended first: cut off, its token would be
/// taken until its deadline, and nobody would know whether the Kubernetes Job exists. The rest is taken up by the actor that
/// the watch revives on the other node.
/// </summary>
public sealed record HandOff : IDeadLetterSuppression, INoSerializationVerificationNeeded
{
    public static HandOff Instance { get; } = new();
}

/// <summary>The end of a job's actor on this node.</summary>
public sealed partial class JobActor
{
    private bool _isHandedOff;

    private void HandOff()
    {
        _isHandedOff = true;
        StopIfHandedOff();
    }

    private void StopIfHandedOff()
    {
        if (_isHandedOff && _state?.Launching is null)
        {
            Context.Stop(Self);
        }
    }
}
