using Akka.Cluster;

namespace Scheduler.Management.Members;

/// <summary>The cluster as one node sees it, as Akka Management shows it.</summary>
internal sealed record MembersDocument(
    string SelfNode,
    IReadOnlyList<MemberDocument> Members,
    IReadOnlyList<UnreachableDocument> Unreachable,
    string? Leader,
    string? Oldest,
    IReadOnlyDictionary<string, string> OldestPerRole)
{
    public static MembersDocument Of(Akka.Cluster.Cluster cluster)
    {
        var state = cluster.State;
        var up = state.Members.Where(member => member.Status == MemberStatus.Up).Order(Member.AgeOrdering).ToArray();
        return new MembersDocument(
            cluster.SelfAddress.ToString(),
            [.. state.Members.OrderBy(member => member.Address.ToString(), StringComparer.Ordinal).Select(MemberDocument.Of)],
            [.. state.Unreachable.Select(member => new UnreachableDocument(member.Address.ToString(), [cluster.SelfAddress.ToString()]))],
            state.Leader?.ToString(),
            up.FirstOrDefault()?.Address.ToString(),
            up.SelectMany(member => member.Roles).Distinct().Order(StringComparer.Ordinal)
                .ToDictionary(role => role, role => up.First(member => member.HasRole(role)).Address.ToString()));
    }
}
