using Akka.Actor;
using Akka.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Management.Serving;

namespace Scheduler.Management.Members;

/// <summary>
/// Membership, to be changed. The forms are read by hand, after the token has been checked. 200 means told, not done: the
/// cluster agrees on it by gossip.
/// </summary>
internal static class MemberChanges
{
    public static void MapMemberChanges(this IEndpointRouteBuilder routes, NodeView view)
    {
        routes.MapPost("/cluster/members", async (HttpRequest request) => await JoinAsync(view.Cluster, request));
        routes.MapPut("/cluster/members/{**address}", async (HttpRequest request, string address) =>
        {
            var operation = await FieldAsync(request, "operation");
            return MembersEndpoints.Lookup(view.Cluster, address, member => Change(view.Cluster, member, operation));
        });
        routes.MapDelete("/cluster/members/{**address}", (string address) =>
            MembersEndpoints.Lookup(view.Cluster, address, member => Leave(view.Cluster, member)));
        routes.MapPut("/cluster", () => Answer.Message(StatusCodes.Status400BadRequest, "Operation not supported"));
    }

    private static async Task<IResult> JoinAsync(Akka.Cluster.Cluster cluster, HttpRequest request)
    {
        if (await FieldAsync(request, "address") is not { } text)
        {
            return Answer.Message(StatusCodes.Status400BadRequest, "a form with the field 'address' is needed");
        }

        if (!MemberAddress.IsWellFormed(text) || !text.Contains("://", StringComparison.Ordinal))
        {
            return Answer.Message(StatusCodes.Status400BadRequest, $"'{text}' is not an address to join, such as {cluster.SelfAddress}");
        }

        cluster.Join(Address.Parse(text));
        return Answer.Done($"Joining {text}");
    }

    private static IResult Change(Akka.Cluster.Cluster cluster, Member member, string? operation)
    {
        switch (operation?.ToUpperInvariant())
        {
            case "LEAVE":
                return Leave(cluster, member);
            case "DOWN":
                cluster.Down(member.Address);
                return Answer.Done($"Downing {member.Address}");
            default:
                return Answer.Message(StatusCodes.Status400BadRequest, "Operation not supported");
        }
    }

    private static IResult Leave(Akka.Cluster.Cluster cluster, Member member)
    {
        cluster.Leave(member.Address);
        return Answer.Done($"Leaving {member.Address}");
    }

    /// <summary>Null when there is no form, or no such field in it.</summary>
    private static async Task<string?> FieldAsync(HttpRequest request, string name)
    {
        if (!request.HasFormContentType)
        {
            return null;
        }

        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return form.TryGetValue(name, out var value) ? value.ToString() : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
