using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>Texts that must be one of a few.</summary>
internal static class ChoiceRules
{
    private static readonly string[] PullPolicies = ["Always", "IfNotPresent", "Never"];

    public static void Check(ControllerOptions options, ConfigurationDraft draft)
    {
        OneOf("log-format", options.LogFormat, "logfmt", "json");
        OneOf("log-level", options.LogLevel, "debug", "info", "warn", "error");
        OneOf("cluster-tls", options.ClusterTls, "auto", NodeTlsOptions.None);
        OneOf("default-image-pull-policy", options.DefaultImagePullPolicy, PullPolicies);
        OneOf("default-image-check-pull-policy", options.DefaultImageCheckPullPolicy, PullPolicies);

        void OneOf(string key, string value, params string[] words)
        {
            if (value.Length > 0 && !words.Contains(value))
            {
                var shown = FragmentText.Quote(value);
                var choices = string.Join(' ', words);
                draft.Refuse(key, shown, $"{key} must be one of [{choices}], not {shown}", "write one of those, in these very capitals");
            }
        }
    }
}
