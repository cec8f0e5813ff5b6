using System.Collections.Immutable;
using System.Text;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Resources;

/// <summary>The rules that metadata of every kind follows.</summary>
internal static class MetaValidation
{
    private const int AnnotationLimit = 256 * 1024;

    public static void Check(ObjectMeta meta, FieldErrors errors)
    {
        if (meta.Name.Length == 0)
        {
            errors.Required("metadata.name", "name or generateName is required");
        }
        else if (NameSyntax.ProblemOfSubdomain(meta.Name) is { } problem)
        {
            errors.Invalid("metadata.name", meta.Name, problem);
        }

        CheckLabels("metadata.labels", meta.Labels, errors);
        CheckAnnotations("metadata.annotations", meta.Annotations, errors);
        foreach (var owner in meta.Owners)
        {
            CheckOwner("metadata.ownerReferences", owner, errors);
        }
    }

    public static void CheckLabels(string field, ImmutableSortedDictionary<string, string> labels, FieldErrors errors)
    {
        foreach (var (key, value) in labels)
        {
            if (NameSyntax.ProblemOfQualifiedName(key) is { } wrongKey)
            {
                errors.Invalid(field, key, wrongKey);
            }

            if (NameSyntax.ProblemOfLabelValue(value) is { } wrongValue)
            {
                errors.Invalid(field, value, wrongValue);
            }
        }
    }

    public static void CheckAnnotations(string field, ImmutableSortedDictionary<string, string> annotations, FieldErrors errors)
    {
        var size = 0;
        foreach (var (key, value) in annotations)
        {
            size += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value);
            if (NameSyntax.ProblemOfQualifiedName(key.ToLowerInvariant()) is { } problem)
            {
                errors.Invalid(field, key, problem);
            }
        }

        if (size > AnnotationLimit)
        {
            errors.TooLong(field, AnnotationLimit);
        }
    }

    private static void CheckOwner(string field, OwnerReference owner, FieldErrors errors)
    {
        if (owner.ApiVersion.Length == 0)
        {
            errors.Invalid($"{field}.apiVersion", owner.ApiVersion, "version must not be empty");
        }

        if (owner.Kind.Length == 0)
        {
            errors.Invalid($"{field}.kind", owner.Kind, "kind must not be empty");
        }

        if (owner.Name.Length == 0)
        {
            errors.Invalid($"{field}.name", owner.Name, "name must not be empty");
        }

        if (owner.Uid.Length == 0)
        {
            errors.Invalid($"{field}.uid", owner.Uid, "uid must not be empty");
        }
    }
}
