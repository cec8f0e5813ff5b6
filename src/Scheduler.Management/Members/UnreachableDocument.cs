namespace Scheduler.Management.Members;

/// <summary>A member that cannot be reached, in <c>/cluster/members</c>.</summary>
/// <param name="Node">The member that cannot be reached.</param>
/// <param name="ObservedBy">Only the node that answers: who else observes it is not public in Akka.NET.</param>
internal sealed record UnreachableDocument(string Node, IReadOnlyList<string> ObservedBy);
