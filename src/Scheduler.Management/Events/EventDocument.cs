using Akka.Cluster;

namespace Scheduler.Management.Events;

/// <summary>A cluster event, as Akka Management shows it; what its type does not have is absent.</summary>
internal sealed record EventDocument(string Type)
{
    private const string MemberParent = "MemberEvent";
    private const string ReachabilityParent = "ReachabilityEvent";

    /// <summary>What all events are, when asked for by type.</summary>
    private const string Root = "ClusterDomainEvent";

    public EventMemberDocument? Member { get; private init; }

    public string? PreviousStatus { get; private init; }

    public string? Role { get; private init; }

    public string? Address { get; private init; }

    private string? Parent { get; init; }

    /// <summary>Null for events that are Akka's own business.</summary>
    public static EventDocument? Of(ClusterEvent.IClusterDomainEvent change) => change switch
    {
        ClusterEvent.MemberRemoved removed => OfMember(removed) with { PreviousStatus = removed.PreviousStatus.ToString() },
        ClusterEvent.IMemberEvent member => OfMember(member),
        ClusterEvent.ReachabilityEvent reachability => new EventDocument(change.GetType().Name)
        {
            Parent = ReachabilityParent,
            Member = EventMemberDocument.Of(reachability.Member),
        },
        ClusterEvent.LeaderChanged leader => new EventDocument("LeaderChanged") { Address = leader.Leader?.ToString() },
        ClusterEvent.RoleLeaderChanged leader => new EventDocument("RoleLeaderChanged") { Role = leader.Role, Address = leader.Leader?.ToString() },
        ClusterEvent.ClusterShuttingDown => new EventDocument("ClusterShuttingDown"),
        _ => null,
    };

    /// <summary>Whether somebody who asked for these types wants it; who names none wants all.</summary>
    public bool IsOneOf(IReadOnlyCollection<string> types) =>
        types.Count == 0 || types.Contains(Type) || types.Contains(Root) || (Parent is not null && types.Contains(Parent));

    private static EventDocument OfMember(ClusterEvent.IMemberEvent change) => new(change.GetType().Name)
    {
        Parent = MemberParent,
        Member = EventMemberDocument.Of(change.Member),
    };
}
