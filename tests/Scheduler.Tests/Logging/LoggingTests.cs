using System.Text.Json;
using Scheduler.Kubernetes.Options;
using Scheduler.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Scheduler.Tests.Logging;

public sealed class LoggingTests
{
    private const string Job = "6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01";
    private const string Token = "bkct_very-secret-token";

    [Fact]
    public void JsonHasTheOriginalsKeysAndTheJobOnce()
    {
        using var line = JsonDocument.Parse(Log("json", logger => logger.Warning("created {Name} in {Took} job-uuid={JobUuid}", "buildkite-1", 5, Job)));
        var root = line.RootElement;
        Assert.Equal("WARN", root.GetProperty("level").GetString());
        Assert.Equal("created buildkite-1 in 5", root.GetProperty("msg").GetString());
        Assert.Equal(Job, root.GetProperty("job-uuid").GetString());
        Assert.Equal("buildkite-1", root.GetProperty("name").GetString());
        Assert.Equal("5", root.GetProperty("took").GetString());
        Assert.Equal("Test.Component", root.GetProperty("component").GetString());
        Assert.True(DateTimeOffset.TryParse(root.GetProperty("time").GetString(), out _));
    }

    [Fact]
    public void LogfmtEndsWithTheJob()
    {
        var line = Log("logfmt", logger => logger.Information("created {Name} job-uuid={JobUuid}", "buildkite-1", Job));
        Assert.Matches($@"^[A-Z][a-z]{{2}} [ \d]\d \d\d:\d\d:\d\d\.\d{{3}} INF created buildkite-1 job-uuid={Job}\r?\n$", line);
    }

    [Fact]
    public void AJobNamedElsewhereInTheTextIsAddedAtTheEnd()
    {
        var line = Log("logfmt", logger => logger.Information("job {JobUuid} was cancelled", Job));
        Assert.EndsWith($"job {Job} was cancelled job-uuid={Job}", line.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("logfmt")]
    public void ATokenNeverAppears(string format)
    {
        var line = Log(format, logger => logger.Error(
            new InvalidOperationException($"401 for {Token}"), "header {Header}, text {Text}", $"Authorization: Token {Token}", $"x{Token}y"));
        Assert.DoesNotContain("very-secret", line, StringComparison.Ordinal);
        Assert.Contains("[REDACTED]", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("logfmt")]
    public void TheValueOfASecretVariableNeverAppears(string format)
    {
        var line = Log(format, logger => logger.Information(
            "env {Body} and {Line} and {Mine}", """{"DB_PASSWORD":"hun\"ter2","PATH":"/bin"}""", "AWS_SECRET_KEY=hunter3 HOME=/root", "MY_OWN_THING: hunter4"));
        Assert.DoesNotContain("hun", line, StringComparison.Ordinal);
        Assert.DoesNotContain("ter2", line, StringComparison.Ordinal);
        Assert.Contains("/bin", line, StringComparison.Ordinal);
        Assert.Contains("/root", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("logfmt")]
    public void ATokenDoesNotAppearInAnotherWritingEither(string format)
    {
        var line = Log(format, logger => logger.Warning(
            "it sent {Basic}, {Text} and {Body}",
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"agent:{Token}")),
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Token)),
            JsonSerializer.Serialize(new { env = new[] { new { name = "DB_PASSWORD", value = "hunter2" } } })));
        Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Token))[2..^4], line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
        Assert.Contains("DB_PASSWORD", line, StringComparison.Ordinal);
    }

    [Fact]
    public void SecretsOfTheEnvironmentAreKnown()
    {
        var secrets = new Secrets([]);
        secrets.AddEnvironment(new Dictionary<string, string>
        {
            ["BUILDKITE_AGENT_TOKEN"] = "agent-token-value\n",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "api-key=otel-key-value,x=another%20value",
            ["HTTPS_PROXY"] = "http://user:proxy-password@proxy:3128",
            ["AGENT_TOKEN_SECRET"] = "local-secret",
            ["PATH"] = "/usr/local/bin",
        });
        Assert.Equal(
            "[REDACTED] [REDACTED] [REDACTED] [REDACTED] local-secret",
            secrets.Redact("agent-token-value otel-key-value another%20value proxy-password local-secret"));
    }

    /// <summary>What is printed for what is logged.</summary>
    private static string Log(string format, Action<ILogger> log)
    {
        var secrets = new Secrets(["MY_OWN_*"]);
        secrets.Add(Token);
        var sink = new Printed(new ControllerOptions { LogFormat = format, NoColor = true }, secrets);
        using var serilog = new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger();
        log(serilog.ForContext(Constants.SourceContextPropertyName, "Test.Component"));
        return sink.Text.ToString();
    }

    private sealed class Printed(ControllerOptions options, Secrets secrets) : ILogEventSink
    {
        public StringWriter Text { get; } = new();

        public void Emit(LogEvent logEvent) => SchedulerLogging.Formatter(options, secrets).Format(logEvent, Text);
    }
}
