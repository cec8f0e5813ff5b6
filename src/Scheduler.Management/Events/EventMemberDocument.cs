using Akka.Cluster;

namespace Scheduler.Management.Events;

/// <summary>The member an event is about. Akka.NET has no data centres; the JVM's default one stands there.</summary>
internal sealed record EventMemberDocument(UniqueAddressDocument UniqueAddress, string Status, IReadOnlyList<string> Roles, string DataCenter)
{
    public static EventMemberDocument Of(Member member) => new(
        new UniqueAddressDocument(member.Address.ToString(), member.UniqueAddress.Uid),
        member.Status.ToString(),
        [.. member.Roles.Order(StringComparer.Ordinal)],
        "default");
}
