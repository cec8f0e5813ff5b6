using Scheduler.Cluster.Trust;

namespace Scheduler.Cluster.Tests.Trust;

/// <summary>The certificates of strangers, by what is wrong with them.</summary>
internal static class Certificates
{
    public static NodeCertificate Of(string kind, Authority ours, Authority theirs)
    {
        if (kind == "same name as our authority")
        {
            using var namesake = new Authority("ours");
            return namesake.Issue("a.nodes.test");
        }

        return kind == "other authority" ? theirs.Issue("a.nodes.test") : ours.Load(kind switch
        {
            "server only" => ours.Sign("a.nodes.test", [Authority.ServerUse]),
            "client only" => ours.Sign("a.nodes.test", [Authority.ClientUse]),
            "code signing only" => ours.Sign("a.nodes.test", [Authority.CodeUse]),
            "any use" => ours.Sign("a.nodes.test", [Authority.AnyUse]),
            "no use said" => ours.Sign("a.nodes.test", []),
            "other name" => ours.Sign("a.others.test"),
            "name in the subject only" => ours.Sign(host: null),
            "expired" => ours.Sign("a.nodes.test", until: TimeSpan.FromHours(-1)),
            "not yet valid" => ours.Sign("a.nodes.test", from: TimeSpan.FromHours(1), until: TimeSpan.FromHours(2)),
            _ => throw new ArgumentException($"no such certificate: {kind}", nameof(kind)),
        });
    }
}
