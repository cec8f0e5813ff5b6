using Scheduler.Core.Text;

namespace Scheduler.Management;

/// <summary>What a node's two HTTP servers are told at start. The configuration keys are named with each value.</summary>
public sealed record ManagementOptions
{
    /// <summary>Address to listen on, for both servers; empty = all (<c>management-host</c>).</summary>
    public string Host { get; init; } = "";

    /// <summary>Port of the management server; 0 = none (<c>management-port</c>).</summary>
    public int Port { get; init; } = 8558;

    /// <summary>Port of <c>/metrics</c>; 0 = none (<c>prometheus-port</c>).</summary>
    public int MetricsPort { get; init; }

    /// <summary>Bearer token for calls that change something; empty = the file's (<c>management-token</c>).</summary>
    public string Token { get; init; } = "";

    /// <summary>File with that token, read anew at each such call; empty = none (<c>management-token-file</c>).</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>Bearer token for reading; empty = the file's (<c>management-read-token</c>). Without either, everybody may read.</summary>
    public string ReadToken { get; init; } = "";

    /// <summary>File with that token, read anew at each call that shows one; empty = none (<c>management-read-token-file</c>).</summary>
    public string ReadTokenFile { get; init; } = "";

    /// <summary>Is told each token that was read, so that logs do not show it.</summary>
    public KnownSecrets Secrets { get; init; } = new();

    /// <summary>How often the singletons and shards are asked at most, whatever the number of requests.</summary>
    public TimeSpan ReadInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Connections to each of the two servers at a time.</summary>
    public int MostConnections { get; init; } = 200;

    /// <summary>Those from one address, so that nobody keeps the kubelet's probes out.</summary>
    public int MostConnectionsOfAnAddress { get; init; } = 50;

    /// <summary>Readers of <c>/cluster/domain-events</c> at a time.</summary>
    public int MostEventStreams { get; init; } = 16;

    /// <summary>How long one of them is served before it has to come again.</summary>
    public TimeSpan LongestEventStream { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Oldest successful poll of a ready node that polls: this or ten poll intervals, whichever is longer.</summary>
    public TimeSpan PollRecency { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a singleton may take to answer before it counts as absent.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
