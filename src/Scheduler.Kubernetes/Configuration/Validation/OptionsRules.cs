using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>
/// All rules for a merged configuration: the original's (configuration.md §8) and those that catch at start-up what would else
/// fail with every job.
/// </summary>
internal static class OptionsRules
{
    public static void Check(ControllerOptions options, ConfigurationUse use, ConfigurationDraft draft)
    {
        NumberRules.Check(options, draft);
        ChoiceRules.Check(options, draft);
        NameRules.Check(options, draft);
        TimingRules.Check(options, draft);
        LeaseTimingRules.Check(options, draft);
        ClusterRules.Check(options, use, draft);
        FallbackWarnings.Check(options, draft);
        EndpointWarnings.Check(options, draft);
        AdditionalHookRules.Check(options, draft);
        PodSpecPatchRules.Check(options, draft);
        ImageCheckRules.Check(options, draft);
        ResourceClassRules.Check(options, draft);
        DefaultMetadataRules.Check(options, draft);
    }
}
