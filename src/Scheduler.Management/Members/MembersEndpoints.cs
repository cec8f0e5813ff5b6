using Akka.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Management.Serving;

namespace Scheduler.Management.Members;

/// <summary>Membership, to be read.</summary>
internal static class MembersEndpoints
{
    /// <summary>Members a joining node is told of at most.</summary>
    private const int MostSeeds = 5;

    public static void MapMembers(this IEndpointRouteBuilder routes, NodeView view)
    {
        routes.MapGet("/cluster/members", () => Answer.Ok(MembersDocument.Of(view.Cluster)));
        routes.MapGet("/cluster/members/{**address}", (string address) =>
            Lookup(view.Cluster, address, member => Answer.Ok(MemberDocument.Of(member))));
        routes.MapGet("/bootstrap/seed-nodes", () => Answer.Ok(Seeds(view.Cluster)));
    }

    /// <summary>Answers for a member; 400 for what is no address, 404 for nobody's.</summary>
    public static IResult Lookup(Akka.Cluster.Cluster cluster, string path, Func<Member, IResult> found)
    {
        var address = MemberAddress.Decode(path);
        if (!MemberAddress.IsWellFormed(address))
        {
            return Answer.Message(
                StatusCodes.Status400BadRequest, $"'{address}' is not the address of a member, such as {cluster.SelfAddress}");
        }

        return MemberAddress.Find(cluster, address) is { } member
            ? found(member)
            : Answer.Message(StatusCodes.Status404NotFound, $"Member [{address}] not found");
    }

    private static SeedNodesDocument Seeds(Akka.Cluster.Cluster cluster)
    {
        var state = cluster.State;
        var seeds = state.Members
            .Where(member => member.Status is MemberStatus.Up or MemberStatus.WeaklyUp or MemberStatus.Joining && !state.Unreachable.Contains(member))
            .Order(Member.AgeOrdering)
            .Take(MostSeeds);
        return new SeedNodesDocument(
            cluster.SelfAddress.ToString(),
            [.. seeds.Select(member => new SeedNodeDocument(member.Address.ToString(), member.UniqueAddress.Uid, member.Status.ToString(), [.. member.Roles]))]);
    }
}
