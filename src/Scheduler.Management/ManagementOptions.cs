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

    /// <summary>Oldest successful poll of a ready node that polls: this or ten poll intervals, whichever is longer.</summary>
    public TimeSpan PollRecency { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a singleton may take to answer before it counts as absent.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
