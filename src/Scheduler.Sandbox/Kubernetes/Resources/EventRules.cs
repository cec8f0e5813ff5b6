using Scheduler.Sandbox.Kubernetes.Errors;

namespace Scheduler.Sandbox.Kubernetes.Resources;

internal sealed class EventRules : ResourceRules
{
    public override void Validate(Draft draft, FieldErrors errors)
    {
        var about = draft.Body.EnsureObject("involvedObject").TextAt("namespace");
        if (about.Length > 0 && about != draft.Meta.Namespace)
        {
            errors.Invalid("involvedObject.namespace", about, "does not match event.namespace");
        }
    }
}
