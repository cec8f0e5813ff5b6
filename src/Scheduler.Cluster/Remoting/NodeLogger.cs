using Akka.Actor;
using Akka.Event;
using Akka.Hosting.Logging;
using Scheduler.Core.Text;

namespace Scheduler.Cluster.Remoting;

/// <summary>
/// The logger of a node: Akka's, except that what strangers can make Akka itself say is said without their control characters,
/// in bounded length, and not again and again. What our own actors log passes as it is.
/// </summary>
public sealed class NodeLogger : LoggerFactoryLogger
{
    private const int LongestLine = 600;
    private const int LongestError = 400;

    private readonly StrangersLines _lines = new(TimeProvider.System);

    protected override void Log(LogEvent log, ActorPath path)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (!StrangersLines.MayComeFromOutside(log))
        {
            base.Log(log, path);
        }
        else if (_lines.TryTake(log, out var suppressed))
        {
            base.Log(Cleaned(log, suppressed), path);
        }
    }

    private static LogEvent Cleaned(LogEvent log, long suppressed)
    {
        var text = PlainText.Line(Text(log), LongestLine);
        if (log.Cause is { } cause)
        {
            text = $"{text} ({PlainText.Line(cause.GetBaseException().GetType().Name, LongestError)}: {PlainText.Line(cause.GetBaseException().Message, LongestError)})";
        }

        if (suppressed > 0)
        {
            text = $"{text}; {suppressed} more lines of this kind were left out before";
        }

        return log.LogLevel() switch
        {
            LogLevel.DebugLevel => new Debug(log.LogSource, log.LogClass, text),
            LogLevel.InfoLevel => new Info(log.LogSource, log.LogClass, text),
            LogLevel.WarningLevel => new Warning(log.LogSource, log.LogClass, text),
            _ => new Error(null, log.LogSource, log.LogClass, text),
        };
    }

    private static string Text(LogEvent log)
    {
        try
        {
            return log.Message.ToString() ?? "";
        }
        catch (FormatException)
        {
            return "a line that cannot be formatted";
        }
    }
}
