using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;

namespace Scheduler.Logging;

/// <summary><c>log-format: json</c>: one object a line with <c>time</c>, <c>level</c>, <c>msg</c> and the attributes, as the original writes it.</summary>
internal sealed class JsonFormatter(Secrets secrets) : ITextFormatter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Format(LogEvent logEvent, TextWriter output)
    {
        var record = LogRecord.Of(logEvent, secrets);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", logEvent.Timestamp.ToString("yyyy-MM-ddTHH:mm:ss.ffffffK", CultureInfo.InvariantCulture));
            json.WriteString("level", Level(logEvent.Level));
            json.WriteString("msg", record.Message);
            foreach (var (key, value) in record.Attributes.Where(attribute => attribute.Key is not ("time" or "level" or "msg")).DistinctBy(attribute => attribute.Key))
            {
                json.WriteString(key, value);
            }

            if (record.Error is { } error)
            {
                json.WriteString("exception", error);
            }

            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static string Level(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose or LogEventLevel.Debug => "DEBUG",
        LogEventLevel.Information => "INFO",
        LogEventLevel.Warning => "WARN",
        _ => "ERROR",
    };
}
