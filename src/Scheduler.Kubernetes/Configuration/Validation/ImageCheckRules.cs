using k8s.Models;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>Limits of the image checks: quantities, and not below the fixed requests, with which Kubernetes would refuse every Job.</summary>
internal static class ImageCheckRules
{
    private static readonly ResourceQuantity CpuRequest = new("100m");
    private static readonly ResourceQuantity MemoryRequest = new("64Mi");

    public static void Check(ControllerOptions options, ConfigurationDraft draft)
    {
        Limit("CPU", "image-check-container-cpu-limit", options.ImageCheckContainerCpuLimit, CpuRequest, "200m");
        Limit("memory", "image-check-container-memory-limit", options.ImageCheckContainerMemoryLimit, MemoryRequest, "128Mi");

        void Limit(string resource, string key, string text, ResourceQuantity request, string example)
        {
            var shown = FragmentText.Quote(text);
            if (!QuantityText.TryParse(text, out var limit))
            {
                draft.Refuse(
                    key,
                    shown,
                    $"invalid {resource} resource limit defined: {key} {shown} is not a quantity",
                    $"write a quantity such as {example}");
            }
            else if (!options.SkipImageCheckContainers && limit.ToDecimal() < request.ToDecimal())
            {
                draft.Refuse(
                    key,
                    shown,
                    $"invalid {resource} resource limit defined: {key} {shown} is below the {request} that the image checks request",
                    $"raise it to {request} or more");
            }
        }
    }
}
