using k8s;
using Microsoft.Extensions.Logging;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;
using Scheduler.Kubernetes.Options;
using Scheduler.Running;

namespace Scheduler.Tests.Running;

public sealed class PluginLoggingTests
{
    /// <summary>Quirk 18 of pod-building.md §19: the original logs every plugin whole.</summary>
    [Fact]
    public async Task OfAPluginOnlyWhatIsWrongIsLogged()
    {
        var log = new List<string>();
        using var kubernetes = new k8s.Kubernetes(new KubernetesClientConfiguration { Host = "http://127.0.0.1:1" });
        var factory = new ConfiguredJobFactory(kubernetes, new ControllerOptions(), "1.2.3", new ListLogger(log));
        const string Plugins = """
            [{"github.com/buildkite-plugins/kubernetes-buildkite-plugin":{"podSpec":{"containers":[{"image":"a","comand":["x"],"env":[{"name":"PASSWORD","value":"hunter2"}]}]}}}]
            """;
        var job = new BuildkiteJob(new JobId(Guid.NewGuid()), "true", new Dictionary<string, string> { ["BUILDKITE_PLUGINS"] = Plugins });

        var built = await factory.BuildAsync(job, new Run(job.Id, new GrantId(new Epoch(1), 1), 0, []), CancellationToken.None);

        Assert.NotNull(built.Job);
        Assert.Contains("comand", Assert.Single(log), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", log[0], StringComparison.Ordinal);
    }

    private sealed class ListLogger(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
