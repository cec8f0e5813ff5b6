using System.Globalization;
using System.Text;
using Scheduler.Core.Text;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace Scheduler.Logging;

/// <summary>
/// One log event as it is printed: text and attributes, each one line, without secrets and control characters, whoever they come
/// from (see <see cref="PlainText"/>).
/// </summary>
/// <param name="Message">The text; the job it is about is among the attributes, not in it.</param>
/// <param name="Attributes">Keys in kebab case, <c>job-uuid</c> first.</param>
/// <param name="Error">The exception with its trace, in lines; null when there is none.</param>
internal sealed record LogRecord(string Message, IReadOnlyList<KeyValuePair<string, string>> Attributes, string? Error)
{
    public const string JobKey = "job-uuid";

    /// <summary>Of the name of a job or a component, in characters.</summary>
    private const int LongestId = 200;

    private const string JobProperty = "JobUuid";
    private const string SourceProperty = "SourceContext";

    /// <summary>Texts without quotes, everything else as JSON.</summary>
    private static readonly MessageTemplateTextFormatter Text = new("{Message:lj}", CultureInfo.InvariantCulture);

    /// <summary>What loggers add about themselves.</summary>
    private static readonly HashSet<string> Noise = ["Thread", "Timestamp", "ActorPath", "LogSource", "EventId", "AkkaLogEvent"];

    public static LogRecord Of(LogEvent log, Secrets secrets)
    {
        using var rendered = new StringWriter(CultureInfo.InvariantCulture);
        Text.Format(log, rendered);
        var message = PlainText.Line(secrets.Redact(rendered.ToString()));
        var attributes = new List<KeyValuePair<string, string>>();
        if (log.Properties.TryGetValue(JobProperty, out var job))
        {
            var id = PlainText.Line(secrets.Redact(Plain(job)), LongestId);
            attributes.Add(new(JobKey, id));
            message = Without(message, $" {JobKey}={id}");
        }

        foreach (var (name, value) in log.Properties)
        {
            // Some of Akka's own templates number their values.
            if (name != JobProperty && name != SourceProperty && !Noise.Contains(name) && !char.IsDigit(name[0]))
            {
                var key = Kebab(name);
                attributes.Add(new(key, PlainText.Line(secrets.Redact($"{key}={Plain(value)}"))[(key.Length + 1)..]));
            }
        }

        if (log.Properties.TryGetValue(SourceProperty, out var source))
        {
            attributes.Add(new("component", PlainText.Line(Plain(source), LongestId)));
        }

        return new LogRecord(message, attributes, log.Exception is null ? null : PlainText.Lines(secrets.Redact(log.Exception.ToString())));
    }

    private static string Plain(LogEventPropertyValue value) => value is ScalarValue { Value: string text } ? text : value.ToString(null, CultureInfo.InvariantCulture);

    private static string Without(string message, string end) =>
        message.EndsWith(end, StringComparison.Ordinal) ? message[..^end.Length] : message;

    private static string Kebab(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0 && text[^1] != '-')
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
