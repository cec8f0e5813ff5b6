namespace Scheduler.Cluster.Formation;

/// <summary>Another scheduler node, or this one, as known from outside the cluster.</summary>
/// <param name="Host">Name or address it is reached at.</param>
/// <param name="Port">Its remoting port.</param>
public sealed record Peer(string Host, int Port);
