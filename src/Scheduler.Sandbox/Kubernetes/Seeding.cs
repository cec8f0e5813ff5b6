using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Serving;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes;

/// <summary>What a cluster has before anybody uses it.</summary>
internal static class Seeding
{
    public static async Task SeedAsync(ObjectStore store, KubernetesServerOptions options, CancellationToken ct)
    {
        var now = options.Time.GetUtcNow();
        foreach (var name in options.Namespaces)
        {
            await PutAsync(ResourceCatalog.Namespaces, "", name, []);
            await PutAsync(ResourceCatalog.ServiceAccounts, name, "default", []);
        }

        foreach (var name in options.Nodes)
        {
            await PutAsync(ResourceCatalog.Nodes, "", name, new JsonObject
            {
                [KubeObject.Spec] = new JsonObject(),
                [KubeObject.Status] = new JsonObject
                {
                    ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True", ["reason"] = "KubeletReady" }),
                },
            });
        }

        async Task PutAsync(ResourceType type, string ns, string name, JsonObject body)
        {
            var item = Admission.ForCreate(new Draft(type, new ObjectMeta { Name = name }, body), ns, now);
            await store.WriteAsync(item.Key, _ => Decision.Put(item), ct);
        }
    }
}
