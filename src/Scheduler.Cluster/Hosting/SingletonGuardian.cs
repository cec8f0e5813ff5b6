using Akka.Actor;
using Akka.Pattern;
using Scheduler.Cluster.Limiter;

namespace Scheduler.Cluster.Hosting;

/// <summary>
/// Stands between the singleton manager and a singleton: the manager would not start a singleton again that stopped by
/// accident. It is started anew, sooner or later the more often it stops. What the manager says to end it still ends it.
/// </summary>
public static class SingletonGuardian
{
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(10);
    private const double Spread = 0.2;
    private const int Unlimited = -1;

    /// <param name="singleton">The real actor; made anew each time.</param>
    /// <param name="name">Its name under the guardian.</param>
    public static Props Over(Props singleton, string name) => BackoffSupervisor.Props(
        Backoff.OnStop(singleton, name, Soonest, Latest, Spread, Unlimited)
            .WithDefaultStoppingStrategy()
            .WithAutoReset(Latest)
            .WithFinalStopMessage(message => message is HandOver));
}
