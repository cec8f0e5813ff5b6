using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Resources;

internal sealed class PodTemplateRules : ResourceRules
{
    public override bool ReturnsDeletedObject => true;

    public override void SetDefaults(Draft draft) =>
        PodSpecDefaults.Apply(draft.Body.EnsureObject(JobRules.Template).EnsureObject(KubeObject.Spec));

    public override void Validate(Draft draft, FieldErrors errors) =>
        PodSpecValidation.Check(
            draft.Body.EnsureObject(JobRules.Template).EnsureObject(KubeObject.Spec), $"{JobRules.Template}.{KubeObject.Spec}", errors);
}
