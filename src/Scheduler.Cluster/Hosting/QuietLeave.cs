using Akka.Actor;
using Scheduler.Cluster.Fetching;

namespace Scheduler.Cluster.Hosting;

/// <summary>
/// Has the launches that JobFetcher has begun on a leaving node end before its shards and singletons move, and keeps what still arrives for
/// actors that have stopped by then out of the log: on the way out that is no fault.
/// </summary>
internal static class QuietLeave
{
    private const string Fetcher = "/user/fetcher/fetcher";
    private static readonly TimeSpan LookUp = TimeSpan.FromMilliseconds(250);

    /// <summary>Launches that take longer are left to the tokens' deadlines. Less than the phase's time-out.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Akka's own, which logs them. It ends by itself only with the actor system, after all others.</summary>
    private const string DeadLetterLog = "/system/deadLetterListener";

    public static void Arrange(ActorSystem system)
    {
        var leaving = CoordinatedShutdown.Get(system);
        leaving.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "quiet-dead-letters", () =>
        {
            system.ActorSelection(DeadLetterLog).Tell(PoisonPill.Instance);
            return Task.FromResult(Akka.Done.Instance);
        });
        leaving.AddTask(CoordinatedShutdown.PhaseBeforeClusterShutdown, "quiet-fetcher", async () =>
        {
            try
            {
                var fetcher = await system.ActorSelection(Fetcher).ResolveOne(LookUp);
                await fetcher.Ask<Quiesced>(Quiesce.Instance, Patience);
            }
            catch (Exception error) when (error is ActorNotFoundException or AskTimeoutException)
            {
                // Another node has it, or it takes too long.
            }

            return Akka.Done.Instance;
        });
    }
}
