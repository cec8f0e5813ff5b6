using Scheduler.Buildkite;
using Scheduler.CommandLine;
using Scheduler.Core.Tags;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Running;

/// <summary>The controller's names at Buildkite.</summary>
internal static class StackNames
{
    private const string DefaultKey = "agent-stack-k8s";
    private const string DefaultQueue = "_default";
    private static readonly TimeSpan DefaultHttpTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Stack key = <c>id</c>, or the original's name; queue = <c>queue</c>, else the <c>queue</c> tag, else the default queue.</summary>
    public static StackRegistrationRequest Registration(ControllerOptions options) =>
        new(string.IsNullOrEmpty(options.Id) ? DefaultKey : options.Id, Queue(options, AgentTags.Parse(options.Tags)));

    /// <summary>The tags offered, with the queue that is polled among them.</summary>
    public static AgentTags Tags(ControllerOptions options)
    {
        var tags = AgentTags.Parse(options.Tags);
        return tags.WithQueue(Queue(options, tags));
    }

    /// <summary>How to reach Buildkite.</summary>
    public static StacksClientOptions Client(ControllerOptions options, string token)
    {
        var client = new StacksClientOptions
        {
            Token = token,
            UserAgentVersion = VersionCommand.Version,
            HttpTimeout = options.HttpTimeout == TimeSpan.Zero ? DefaultHttpTimeout
                : options.HttpTimeout < TimeSpan.Zero ? Timeout.InfiniteTimeSpan
                : options.HttpTimeout,
            LogHttpPayloads = options.LogHttpPayloads,
        };
        return string.IsNullOrEmpty(options.AgentConfig?.Endpoint) ? client : client with { Endpoint = new Uri(options.AgentConfig.Endpoint) };
    }

    private static string Queue(ControllerOptions options, AgentTags tags) =>
        !string.IsNullOrEmpty(options.Queue) ? options.Queue
        : tags.Offered.TryGetValue("queue", out var queue) && queue.Length > 0 ? queue
        : DefaultQueue;
}
