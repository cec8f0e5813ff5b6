using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>The subresource pods/binding, by which schedulers and kubelets place a pod on a node.</summary>
internal sealed class PodBinder(WriteGate gate)
{
    public async Task<Answer> BindAsync(ApiRequest request)
    {
        var binding = ManifestReader.Parse("Binding", request.Body);
        if (binding.ObjectAt("metadata")?.TextAt("name") != request.Target.Name)
        {
            throw ApiError.BadRequest("name in URL does not match name in Binding object");
        }

        var node = binding.ObjectAt("target")?.TextAt("name") ?? "";
        if (node.Length == 0)
        {
            throw ApiError.BadRequest("target.name: Required value");
        }

        await gate.WriteAsync(request, request.Target.Key, stored =>
        {
            if (stored is null)
            {
                throw ApiError.NotFound(request.Type, request.Target.Name!);
            }

            if (stored.TextAt(KubeObject.Spec, "nodeName") is { Length: > 0 } placed)
            {
                throw ApiError.Conflict(request.Type, stored.Meta.Name, $"pod {stored.Meta.Name} is already assigned to node \"{placed}\"");
            }

            var spec = JsonObject.Create(stored.At(KubeObject.Spec)) ?? [];
            spec["nodeName"] = node;
            return Decision.Put(stored.With(KubeObject.Spec, spec));
        });
        return Answer.Of(new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["code"] = 201 }, 201);
    }
}
