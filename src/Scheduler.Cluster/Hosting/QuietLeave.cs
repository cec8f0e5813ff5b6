using Akka.Actor;
using Scheduler.Cluster.Fetching;

namespace Scheduler.Cluster.Hosting;

/// <summary>Has the launches that JobFetcher has begun on a leaving node end before its shards and singletons move.</summary>
internal static class QuietLeave
{
    private const string Fetcher = "/user/fetcher/fetcher";
    private static readonly TimeSpan LookUp = TimeSpan.FromMilliseconds(250);

    /// <summary>Launches that take longer are left to the tokens' deadlines. Less than the phase's time-out.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Arrange(ActorSystem system) => CoordinatedShutdown.Get(system).AddTask(
        CoordinatedShutdown.PhaseBeforeClusterShutdown,
        "quiet-fetcher",
        async () =>
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
