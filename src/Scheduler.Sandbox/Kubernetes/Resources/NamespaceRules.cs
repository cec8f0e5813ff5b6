using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Resources;

internal sealed class NamespaceRules : ResourceRules
{
    public override void PrepareCreate(Draft draft)
    {
        draft.Meta = draft.Meta with { Labels = draft.Meta.Labels.SetItem("kubernetes.io/metadata.name", draft.Meta.Name) };
        draft.Body[KubeObject.Status] = new JsonObject { ["phase"] = "Active" };
    }

    public override void Validate(Draft draft, FieldErrors errors)
    {
        if (NameSyntax.ProblemOfLabel(draft.Meta.Name) is { } problem)
        {
            errors.Invalid("metadata.name", draft.Meta.Name, problem);
        }
    }
}
