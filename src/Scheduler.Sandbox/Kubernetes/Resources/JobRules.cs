using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Resources;

internal sealed class JobRules : ResourceRules
{
    public const string Template = "template";
    public const string JobName = "batch.kubernetes.io/job-name";
    public const string ControllerUid = "batch.kubernetes.io/controller-uid";
    public const string OldJobName = "job-name";
    public const string OldControllerUid = "controller-uid";

    public override bool OrphansDependentsByDefault => true;

    public override void SetDefaults(Draft draft)
    {
        var spec = draft.Body.EnsureObject(KubeObject.Spec);
        if (spec["completions"] is null && spec["parallelism"] is null)
        {
            spec["completions"] = 1;
        }

        spec.SetDefault("parallelism", 1);
        spec.SetDefault("backoffLimit", 6);
        spec.SetDefault("completionMode", "NonIndexed");
        spec.SetDefault("suspend", false);
        spec.SetDefault("podReplacementPolicy", "TerminatingOrFailed");
        PodSpecDefaults.Apply(spec.EnsureObject(Template).EnsureObject(KubeObject.Spec));
    }

    public override void PrepareCreate(Draft draft)
    {
        draft.Body[KubeObject.Status] = new JsonObject();
        var spec = draft.Body.EnsureObject(KubeObject.Spec);
        if (spec.FlagAt("manualSelector") != true)
        {
            var labels = spec.EnsureObject(Template).EnsureObject("metadata").EnsureObject("labels");
            labels[ControllerUid] = draft.Meta.Uid;
            labels[OldControllerUid] = draft.Meta.Uid;
            labels[JobName] = draft.Meta.Name;
            labels[OldJobName] = draft.Meta.Name;
            spec["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { [ControllerUid] = draft.Meta.Uid } };
        }

        // A Job without labels of its own carries those of its pods.
        if (draft.Meta.Labels.Count == 0 && spec.EnsureObject(Template).ObjectAt("metadata") is { } metadata)
        {
            draft.Meta = draft.Meta with { Labels = ManifestReader.ReadEntries(metadata, "labels") };
        }
    }

    public override void Validate(Draft draft, FieldErrors errors)
    {
        const string path = KubeObject.Spec;
        var spec = draft.Body.EnsureObject(path);
        foreach (var name in new[] { "parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished" })
        {
            PodSpecValidation.CheckNotNegative(spec, name, path, errors);
        }

        var template = spec.EnsureObject(Template);
        if (template.ObjectAt("metadata") is { } metadata)
        {
            MetaValidation.CheckLabels("spec.template.labels", ManifestReader.ReadEntries(metadata, "labels"), errors);
            MetaValidation.CheckAnnotations("spec.template.annotations", ManifestReader.ReadEntries(metadata, "annotations"), errors);
        }

        var pod = template.EnsureObject(KubeObject.Spec);
        PodSpecValidation.Check(pod, "spec.template.spec", errors);
        CheckRestartPolicy(pod.TextAt("restartPolicy"), errors);
    }

    public override void ValidateUpdate(Draft draft, KubeObject stored, FieldErrors errors)
    {
        var spec = draft.Body.EnsureObject(KubeObject.Spec);
        var before = JsonObject.Create(stored.At(KubeObject.Spec)) ?? [];
        if (before.FlagAt("suspend") == true && stored.TextAt(KubeObject.Status, "startTime").Length == 0)
        {
            return;
        }

        foreach (var name in new[] { "completions", "selector", Template })
        {
            if (!JsonNode.DeepEquals(spec[name], before[name]))
            {
                errors.InvalidRaw($"spec.{name}", spec[name]?.ToJsonString() ?? "null", "field is immutable");
            }
        }
    }

    // Always is the default, so it cannot be told from a policy that was left out.
    private static void CheckRestartPolicy(string policy, FieldErrors errors)
    {
        const string field = "spec.template.spec.restartPolicy";
        if (policy is "" or "Always")
        {
            errors.Required(field, "valid values: \"OnFailure\", \"Never\"");
        }
        else if (policy is not ("OnFailure" or "Never"))
        {
            errors.NotSupported(field, policy, "OnFailure", "Never");
        }
    }
}
