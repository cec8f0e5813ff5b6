using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;

namespace Scheduler.Sandbox.Kubernetes.Resources;

/// <summary>The rules of pod specs that a scheduler's mistakes would break. Not all of Kubernetes' rules.</summary>
internal static class PodSpecValidation
{
    public static void Check(JsonObject spec, string field, FieldErrors errors)
    {
        var volumes = CheckVolumes(spec, field, errors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (spec.ArrayAt("containers") is not { Count: > 0 })
        {
            errors.Required($"{field}.containers");
        }

        foreach (var list in new[] { "containers", "initContainers" })
        {
            var i = 0;
            foreach (var container in spec.ObjectsAt(list))
            {
                var place = $"{field}.{list}[{i++}]";
                ContainerValidation.Check(container, place, volumes, errors);
                if (container.TextAt("name") is { Length: > 0 } name && !names.Add(name))
                {
                    errors.Duplicate($"{place}.name", name);
                }
            }
        }

        if (spec.TextAt("restartPolicy") is { Length: > 0 } policy and not ("Always" or "OnFailure" or "Never"))
        {
            errors.NotSupported($"{field}.restartPolicy", policy, "Always", "OnFailure", "Never");
        }

        CheckServiceAccount(spec, field, errors);
    }

    public static void CheckNotNegative(JsonObject json, string name, string field, FieldErrors errors)
    {
        if (json.NumberAt(name) is { } number and < 0)
        {
            errors.Invalid($"{field}.{name}", number, "must be greater than or equal to 0");
        }
    }

    private static void CheckServiceAccount(JsonObject spec, string field, FieldErrors errors)
    {
        if (spec.TextAt("serviceAccountName") is { Length: > 0 } account && NameSyntax.ProblemOfSubdomain(account) is { } problem)
        {
            errors.Invalid($"{field}.serviceAccountName", account, problem);
        }
    }

    private static HashSet<string> CheckVolumes(JsonObject spec, string field, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var volume in spec.ObjectsAt("volumes"))
        {
            var place = $"{field}.volumes[{i++}]";
            var name = volume.TextAt("name");
            if (name.Length == 0)
            {
                errors.Required($"{place}.name");
            }
            else if (NameSyntax.ProblemOfLabel(name) is { } problem)
            {
                errors.Invalid($"{place}.name", name, problem);
            }
            else if (!names.Add(name))
            {
                errors.Duplicate($"{place}.name", name);
            }

            if (volume.Count > 2)
            {
                errors.Forbidden($"{place}.{volume.Last(source => source.Key != "name").Key}", "may not specify more than 1 volume type");
            }
        }

        return names;
    }
}
