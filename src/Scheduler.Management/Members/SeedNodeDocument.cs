namespace Scheduler.Management.Members;

/// <summary>Like <see cref="MemberDocument"/>, but here the JVM writes the uid as a number.</summary>
internal sealed record SeedNodeDocument(string Node, long NodeUid, string Status, IReadOnlyList<string> Roles);
