using System.Text.Json.Nodes;

namespace Scheduler.Deploy.Tests.Rbac;

/// <summary>What somebody asked the API server for.</summary>
/// <param name="Rule">Verb, resource and API group, as a Role names them, and the namespace.</param>
/// <param name="IsAllowed">What the authorizer said.</param>
/// <param name="Uri">The request itself.</param>
internal sealed record AuditedRequest(string Rule, bool IsAllowed, string Uri)
{
    /// <summary>The requests of one user.</summary>
    public static IEnumerable<AuditedRequest> Of(string user, IEnumerable<string> auditLog) =>
        from line in auditLog
        let request = JsonNode.Parse(line)!
        where (string?)request["user"]?["username"] == user
        let about = request["objectRef"]
        let apiGroup = (string?)about?["apiGroup"] ?? ""
        select new AuditedRequest(
            $"{request["verb"]} {about?["resource"]}{(apiGroup.Length > 0 ? "." : "")}{apiGroup} in {about?["namespace"]}",
            (string?)request["annotations"]?["authorization.k8s.io/decision"] == "allow",
            (string?)request["requestURI"] ?? "");
}
