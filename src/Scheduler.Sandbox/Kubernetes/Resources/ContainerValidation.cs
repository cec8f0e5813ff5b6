using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;

namespace Scheduler.Sandbox.Kubernetes.Resources;

/// <summary>The rules of one container of a pod spec.</summary>
internal static class ContainerValidation
{
    public static void Check(JsonObject container, string field, HashSet<string> volumes, FieldErrors errors)
    {
        var name = container.TextAt("name");
        if (name.Length == 0)
        {
            errors.Required($"{field}.name");
        }
        else if (NameSyntax.ProblemOfLabel(name) is { } problem)
        {
            errors.Invalid($"{field}.name", name, problem);
        }

        var image = container.TextAt("image");
        if (image.Length == 0)
        {
            errors.Required($"{field}.image");
        }
        else if (image != image.Trim())
        {
            errors.Invalid($"{field}.image", image, "must not have leading or trailing whitespace");
        }

        CheckVariables(container, field, errors);
        CheckMounts(container, field, volumes, errors);
        if (container.TextAt("imagePullPolicy") is { Length: > 0 } policy and not ("Always" or "IfNotPresent" or "Never"))
        {
            errors.NotSupported($"{field}.imagePullPolicy", policy, "Always", "IfNotPresent", "Never");
        }

        CheckResources(container, field, errors);
    }

    private static void CheckVariables(JsonObject container, string field, FieldErrors errors)
    {
        var i = 0;
        foreach (var variable in container.ObjectsAt("env"))
        {
            var place = $"{field}.env[{i++}]";
            var name = variable.TextAt("name");
            if (name.Length == 0)
            {
                errors.Required($"{place}.name");
            }
            else if (NameSyntax.ProblemOfVariable(name) is { } problem)
            {
                errors.Invalid($"{place}.name", name, problem);
            }

            if (variable.TextAt("value").Length > 0 && variable.ObjectAt("valueFrom") is not null)
            {
                errors.Invalid($"{place}.valueFrom", "", "may not be specified when `value` is not empty");
            }
        }
    }

    private static void CheckMounts(JsonObject container, string field, HashSet<string> volumes, FieldErrors errors)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var mount in container.ObjectsAt("volumeMounts"))
        {
            var place = $"{field}.volumeMounts[{i++}]";
            var name = mount.TextAt("name");
            if (name.Length == 0)
            {
                errors.Required($"{place}.name");
            }
            else if (!volumes.Contains(name))
            {
                errors.NotFound($"{place}.name", name);
            }

            var path = mount.TextAt("mountPath");
            if (path.Length == 0)
            {
                errors.Required($"{place}.mountPath");
            }
            else if (!paths.Add(path))
            {
                errors.Invalid($"{place}.mountPath", path, "must be unique");
            }
        }
    }

    private static void CheckResources(JsonObject container, string field, FieldErrors errors)
    {
        var resources = container.ObjectAt("resources");
        var limits = resources?.ObjectAt("limits") ?? [];
        foreach (var (name, limit) in limits)
        {
            if (Quantity.Parse(limit) < 0)
            {
                errors.Invalid($"{field}.resources.limits[{name}]", limit!.ToString(), "must be greater than or equal to 0");
            }
        }

        foreach (var (name, request) in resources?.ObjectAt("requests") ?? [])
        {
            var amount = Quantity.Parse(request);
            if (amount < 0)
            {
                errors.Invalid($"{field}.resources.requests[{name}]", request!.ToString(), "must be greater than or equal to 0");
            }
            else if (limits[name] is { } limit && amount > Quantity.Parse(limit))
            {
                errors.Invalid($"{field}.resources.requests", request!.ToString(), $"must be less than or equal to {name} limit");
            }
        }
    }
}
