using System.Globalization;
using Akka.Cluster;

namespace Scheduler.Management.Members;

/// <summary>One member, as Akka Management shows it.</summary>
internal sealed record MemberDocument(string Node, string NodeUid, string Status, IReadOnlyList<string> Roles)
{
    public static MemberDocument Of(Member member) => new(
        member.Address.ToString(),
        member.UniqueAddress.Uid.ToString(CultureInfo.InvariantCulture),
        member.Status.ToString(),
        [.. member.Roles.Order(StringComparer.Ordinal)]);
}
