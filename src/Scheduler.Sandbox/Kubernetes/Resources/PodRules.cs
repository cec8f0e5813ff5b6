using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Resources;

internal sealed class PodRules : ResourceRules
{
    private static readonly string[] Changeable = ["activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds"];

    public override bool ReturnsDeletedObject => true;

    public override void SetDefaults(Draft draft)
    {
        var spec = draft.Body.EnsureObject(KubeObject.Spec);
        PodSpecDefaults.Apply(spec);
        SetDefaultsBeyondTemplate(spec);
    }

    /// <summary>The defaults of a pod that templates of pods do not get.</summary>
    public static void SetDefaultsBeyondTemplate(JsonObject spec)
    {
        spec.SetDefault("serviceAccountName", "default");
        spec.SetDefault("serviceAccount", spec.TextAt("serviceAccountName"));
        spec.SetDefault("enableServiceLinks", true);
    }

    public override void PrepareCreate(Draft draft) =>
        draft.Body[KubeObject.Status] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = "BestEffort" };

    public override void Validate(Draft draft, FieldErrors errors) =>
        PodSpecValidation.Check(draft.Body.EnsureObject(KubeObject.Spec), KubeObject.Spec, errors);

    public override void ValidateUpdate(Draft draft, KubeObject stored, FieldErrors errors)
    {
        if (!JsonNode.DeepEquals(Fixed(draft.Body.EnsureObject(KubeObject.Spec)), Fixed(JsonObject.Create(stored.At(KubeObject.Spec)) ?? [])))
        {
            errors.Forbidden(
                KubeObject.Spec,
                "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
                + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
                + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
        }
    }

    /// <summary>A pod that was never placed on a node, or has ended, needs no time to stop.</summary>
    public override long GraceOf(KubeObject item, long? requested)
    {
        var phase = item.TextAt(KubeObject.Status, "phase");
        var isPlaced = item.TextAt(KubeObject.Spec, "nodeName").Length > 0;
        return !isPlaced || phase is "Succeeded" or "Failed"
            ? 0
            : requested ?? item.NumberAt(KubeObject.Spec, "terminationGracePeriodSeconds") ?? 0;
    }

    private static JsonObject Fixed(JsonObject spec)
    {
        var copy = spec.DeepClone().AsObject();
        foreach (var name in Changeable)
        {
            copy.Remove(name);
        }

        foreach (var container in copy.ObjectsAt("containers").Concat(copy.ObjectsAt("initContainers")))
        {
            container.Remove("image");
        }

        return copy;
    }
}
