using System.Text.Json;
using Scheduler.Core.Text;
using Scheduler.Kubernetes.Options;
using Scheduler.Logging;
using Scheduler.Testing.Texts;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace Scheduler.Tests.Logging;

/// <summary>Whatever gets into a log line, it stays one line and steers nothing.</summary>
public sealed class HostileLogTests
{
    [Fact]
    public void EveryLogCallHasATemplateOfOurs()
    {
        var calls = SourceTemplates.All();
        Assert.True(calls.Count >= 60, $"only {calls.Count} log calls were found in the source");
        Assert.All(calls, call => Assert.True(call.Templates.Count > 0, $"{call.File}: {call.Call}"));
        Assert.All(calls, call => Assert.DoesNotContain("$\"", call.Call, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("logfmt")]
    public void EveryTemplateIsOneLineWhateverItsValuesAre(string format)
    {
        var printer = new Printer(format);
        var lines = 0;
        foreach (var template in SourceTemplates.All().SelectMany(call => call.Templates).Distinct())
        {
            foreach (var values in (Func<object?>[])[() => HostileText.Everything, () => new Hostile(), () => new[] { HostileText.Everything }, () => new { A = HostileText.Everything }])
            {
                var holes = new MessageTemplateParser().Parse(template).Tokens.OfType<PropertyToken>().Count();
                var line = printer.Print(logger => logger.Warning(new InvalidOperationException(HostileText.Everything), template, [.. Enumerable.Range(0, holes).Select(_ => values())]));

                Assert.EndsWith(Environment.NewLine, line, StringComparison.Ordinal);
                var flaw = HostileText.FlawIn(line[..^Environment.NewLine.Length]) ?? (format == "json" ? FlawInJson(line) : null);
                Assert.True(flaw is null, $"{template}: {flaw}");
                lines++;
            }
        }

        Assert.True(lines >= 200);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("logfmt")]
    public void AVeryLongTextIsCut(string format)
    {
        var line = new Printer(format).Print(logger => logger.Warning("it says {Text}", new string('x', 10_000_000) + "\n"));
        Assert.True(line.Length < 3 * PlainText.Longest, $"{line.Length}");
        Assert.Contains("characters)", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("logfmt")]
    public void AComponentOrAJobCannotAddALineEither(string format)
    {
        var line = new Printer(format).Print(logger => logger.ForContext(Constants.SourceContextPropertyName, HostileText.Everything).Warning(
            "created job-uuid={JobUuid}", HostileText.Everything));
        Assert.Null(HostileText.FlawIn(line[..^Environment.NewLine.Length]));
    }

    private static string? FlawInJson(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.EnumerateObject()
            .Select(member => HostileText.FlawIn(member.Name) ?? HostileText.FlawIn(member.Value.GetString()!, lineEnds: member.Name == "exception"))
            .FirstOrDefault(flaw => flaw is not null);
    }

    private sealed class Hostile
    {
        public override string ToString() => HostileText.Everything;
    }

    private sealed class Printer(string format) : ILogEventSink
    {
        private readonly Serilog.Formatting.ITextFormatter _formatter =
            SchedulerLogging.Formatter(new ControllerOptions { LogFormat = format, NoColor = true }, new Secrets([]));

        private string _printed = "";

        public string Print(Action<ILogger> log)
        {
            _printed = "";
            using var serilog = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(this).CreateLogger();
            log(serilog);
            return _printed;
        }

        public void Emit(LogEvent logEvent)
        {
            using var text = new StringWriter();
            _formatter.Format(logEvent, text);
            _printed += text.ToString();
        }
    }
}
