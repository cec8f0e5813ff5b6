using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Patching;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>The verbs update and patch, of objects and of their status.</summary>
internal sealed class ObjectUpdater(WriteGate gate, TimeProvider time)
{
    public async Task<Answer> UpdateAsync(ApiRequest request)
    {
        var draft = ManifestReader.Read(request.Type, request.Body);
        RequireMatchingName(draft, request);
        var isCreation = false;
        var (_, result) = await gate.WriteAsync(request, request.Target.Key, stored =>
        {
            if (stored is not null)
            {
                return Decide(request, draft, stored);
            }

            isCreation = request.Type.AllowsCreateOnUpdate && request.Target.Subresource.Length == 0
                ? true
                : throw ApiError.NotFound(request.Type, request.Target.Name!);
            if (draft.Meta.Revision != 0)
            {
                // It names a version of an object that is gone, so it wants to change that one and not to create another.
                throw ApiError.Conflict(request.Type, request.Target.Name!, "the object has been deleted");
            }

            return Decision.Put(Admission.ForCreate(draft, request.Target.Namespace ?? "", time.GetUtcNow()));
        });
        return Answer.Of(result!, request, time.GetUtcNow(), isCreation ? 201 : 200);
    }

    public async Task<Answer> PatchAsync(ApiRequest request)
    {
        var patch = ReadPatch(request);
        var (_, result) = await gate.WriteAsync(request, request.Target.Key, stored =>
        {
            if (stored is null)
            {
                throw ApiError.NotFound(request.Type, request.Target.Name!);
            }

            var patched = patch(JsonNode.Parse(stored.Json.Span)!.AsObject());
            return Decide(request, ManifestReader.Read(request.Type, patched), stored);
        });
        return Answer.Of(result!, request, time.GetUtcNow());
    }

    private static Decision Decide(ApiRequest request, Draft draft, KubeObject stored)
    {
        var updated = request.Target.Subresource == KubeObject.Status
            ? Admission.ForStatusUpdate(draft, stored)
            : Admission.ForUpdate(draft, stored);
        return Admission.MayGo(updated) ? Decision.Remove(updated)
            : updated.SameContentAs(stored) ? Decision.Keep
            : Decision.Put(updated);
    }

    private static void RequireMatchingName(Draft draft, ApiRequest request)
    {
        if (draft.Meta.Name.Length == 0)
        {
            draft.Meta = draft.Meta with { Name = request.Target.Name! };
        }
        else if (draft.Meta.Name != request.Target.Name)
        {
            throw ApiError.BadRequest(
                $"the name of the object ({draft.Meta.Name}) does not match the name on the URL ({request.Target.Name})");
        }
    }

    private static Func<JsonObject, JsonObject> ReadPatch(ApiRequest request)
    {
        switch (request.ContentType)
        {
            case "application/merge-patch+json":
                var merge = ManifestReader.Parse(request.Type.Kind, request.Body);
                return target => MergePatch.Apply(target, merge);
            case "application/strategic-merge-patch+json":
                var strategic = ManifestReader.Parse(request.Type.Kind, request.Body);
                return target => StrategicMergePatch.Apply(target, strategic);
            case "application/json-patch+json":
                var operations = ParseOperations(request.Body);
                return target => JsonPatch.Apply(target, operations);
            default:
                throw ApiError.UnsupportedMediaType();
        }
    }

    private static JsonArray ParseOperations(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonArray ?? throw ApiError.BadRequest("a JSON patch is an array of operations");
        }
        catch (JsonException problem)
        {
            throw ApiError.BadRequest($"error decoding patch: {problem.Message}");
        }
    }
}
