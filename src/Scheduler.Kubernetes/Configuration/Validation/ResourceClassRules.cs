using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>The default class must exist; the texts are the original's.</summary>
internal static class ResourceClassRules
{
    private const string Key = "default-resource-class-name";

    public static void Check(ControllerOptions options, ConfigurationDraft draft)
    {
        var name = FragmentText.Quote(options.DefaultResourceClassName);
        if (options.DefaultResourceClassName.Length == 0 || !draft.CanJudge("resource-classes"))
        {
            return;
        }

        if (options.ResourceClasses is not { } classes)
        {
            draft.Refuse(Key, name, $"{Key} {name} specified but no resource-classes defined", "define the class, or remove the key");
        }
        else if (!classes.ContainsKey(options.DefaultResourceClassName))
        {
            var nearest = NearestName.Of(options.DefaultResourceClassName, classes.Keys);
            draft.Refuse(
                Key,
                name,
                $"{Key} {name} not found in resource-classes",
                nearest is null ? "define the class" : $"define the class, or did you mean {nearest}?");
        }
    }
}
