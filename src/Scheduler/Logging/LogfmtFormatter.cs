using System.Globalization;
using Scheduler.Core.Text;
using Serilog.Events;
using Serilog.Formatting;

namespace Scheduler.Logging;

/// <summary>
/// <c>log-format: logfmt</c>: one line with time, level and text for people, then the exception, quoted, and the job as
/// <c>job-uuid=…</c>. The other attributes are in the text already.
/// </summary>
internal sealed class LogfmtFormatter(Secrets secrets, bool colours) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        var record = LogRecord.Of(logEvent, secrets);
        var (level, colour) = Level(logEvent.Level);
        output.Write(logEvent.Timestamp.LocalDateTime.ToString("MMM", CultureInfo.InvariantCulture));
        output.Write($" {logEvent.Timestamp.LocalDateTime.Day,2}");
        output.Write(logEvent.Timestamp.LocalDateTime.ToString(" HH:mm:ss.fff ", CultureInfo.InvariantCulture));
        output.Write(colours ? $"\e[{colour}m{level}\e[0m" : level);
        output.Write($" {record.Message}");
        if (record.Error is { } error)
        {
            output.Write(" exception=");
            output.Write(GoText.Quote(error));
        }

        foreach (var (key, value) in record.Attributes.Where(attribute => attribute.Key == LogRecord.JobKey))
        {
            output.Write($" {key}={value}");
        }

        output.WriteLine();
    }

    private static (string Name, int Colour) Level(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose or LogEventLevel.Debug => ("DBG", 90),
        LogEventLevel.Information => ("INF", 32),
        LogEventLevel.Warning => ("WRN", 33),
        _ => ("ERR", 31),
    };
}
