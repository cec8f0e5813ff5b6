using Akka.Actor;

namespace Scheduler.Cluster.Batching;

/// <summary>Has what is left of the notifications sent before the actor system ends, after job actors have stopped.</summary>
public static class ShutdownFlush
{
    /// <param name="system">The actor system.</param>
    /// <param name="notifications">Its <see cref="Notifications"/>.</param>
    /// <param name="patience">What cannot be sent in this time is lost, and logged.</param>
    public static void Add(ActorSystem system, IActorRef notifications, TimeSpan patience) => CoordinatedShutdown.Get(system).AddTask(
        CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "send-notifications", () => DrainAsync(notifications, patience));

    private static async Task<Akka.Done> DrainAsync(IActorRef notifications, TimeSpan patience)
    {
        try
        {
            await notifications.Ask<Drained>(Drain.Instance, patience).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            // The shutdown goes on; the actor says what was lost when it stops.
        }

        return Akka.Done.Instance;
    }
}
