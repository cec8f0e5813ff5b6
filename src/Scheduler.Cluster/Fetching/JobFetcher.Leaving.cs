using Akka.Actor;
using Akka.Event;

namespace Scheduler.Cluster.Fetching;

/// <summary>
/// Tells JobFetcher, on its own node, that the node is about to leave: it asks for no more tokens and answers
/// <see cref="Quiesced"/> when its launches have ended. Else they would be cut off half-way, and the limiter's hand-over would
/// wait until their tokens run out.
/// </summary>
public sealed record Quiesce : INoSerializationVerificationNeeded
{
    public static Quiesce Instance { get; } = new();
}

/// <summary>Nothing is being launched any more.</summary>
public sealed record Quiesced : IDeadLetterSuppression, INoSerializationVerificationNeeded
{
    public static Quiesced Instance { get; } = new();
}

/// <summary>The end of a JobFetcher whose node leaves.</summary>
public sealed partial class JobFetcher
{
    private IActorRef? _leaver;

    private void Leave(IActorRef leaver)
    {
        _leaver = leaver;
        TellWhenQuiet();
    }

    private void TellWhenQuiet()
    {
        if (_leaver is not null && _pursuits.Count == 0)
        {
            _leaver.Tell(Quiesced.Instance);
        }
    }
}
