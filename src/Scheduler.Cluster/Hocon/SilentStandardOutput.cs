using Akka.Event;

namespace Scheduler.Cluster.Hocon;

/// <summary>
/// Takes the place of the logger that Akka falls back to before its loggers start and after they stop, which would write to
/// standard output past all rules about format and level. Named in <c>hocon/actors.conf</c>.
/// </summary>
public sealed class SilentStandardOutput : MinimalLogger
{
    protected override void Log(object message)
    {
    }
}
