namespace Scheduler.Management.Members;

/// <summary>Whom a new node may join, as Akka Management's bootstrap shows it.</summary>
internal sealed record SeedNodesDocument(string SelfNode, IReadOnlyList<SeedNodeDocument> SeedNodes);
