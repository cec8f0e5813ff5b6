using System.Text.Json.Nodes;

namespace Scheduler.Sandbox.Kubernetes.Resources;

/// <summary>What the server fills in that a pod's author left out.</summary>
internal static class PodSpecDefaults
{
    private const int DefaultMode = 420;

    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];

    private static readonly string[] FileSources = ["secret", "configMap", "projected", "downwardAPI"];

    public static void Apply(JsonObject spec)
    {
        spec.SetDefault("restartPolicy", "Always");
        spec.SetDefault("terminationGracePeriodSeconds", 30);
        spec.SetDefault("dnsPolicy", "ClusterFirst");
        spec.SetDefault("securityContext", new JsonObject());
        spec.SetDefault("schedulerName", "default-scheduler");
        if (spec.TextAt("serviceAccountName") is { Length: > 0 } account)
        {
            spec["serviceAccount"] = account;
        }

        foreach (var container in spec.ObjectsAt("initContainers").Concat(spec.ObjectsAt("containers")))
        {
            ApplyToContainer(container);
        }

        foreach (var volume in spec.ObjectsAt("volumes"))
        {
            ApplyToVolume(volume);
        }
    }

    private static void ApplyToContainer(JsonObject container)
    {
        container.SetDefault("resources", new JsonObject());
        container.SetDefault("terminationMessagePath", "/dev/termination-log");
        container.SetDefault("terminationMessagePolicy", "File");
        container.SetDefault("imagePullPolicy", PullPolicy(container.TextAt("image")));
        foreach (var port in container.ObjectsAt("ports"))
        {
            port.SetDefault("protocol", "TCP");
        }

        foreach (var field in container.ObjectsAt("env").Select(entry => entry.ObjectAt("valueFrom")?.ObjectAt("fieldRef")))
        {
            field?.SetDefault("apiVersion", "v1");
        }

        foreach (var probe in Probes.Select(container.ObjectAt))
        {
            probe?.SetDefault("timeoutSeconds", 1);
            probe?.SetDefault("periodSeconds", 10);
            probe?.SetDefault("successThreshold", 1);
            probe?.SetDefault("failureThreshold", 3);
        }
    }

    private static void ApplyToVolume(JsonObject volume)
    {
        // A volume without a source is an empty directory: so the real server.
        if (volume.Count == 1)
        {
            volume["emptyDir"] = new JsonObject();
        }

        foreach (var source in FileSources.Select(volume.ObjectAt))
        {
            source?.SetDefault("defaultMode", DefaultMode);
        }

        volume.ObjectAt("hostPath")?.SetDefault("type", "");
    }

    private static string PullPolicy(string image)
    {
        var digest = image.Contains('@', StringComparison.Ordinal);
        var name = image[(image.LastIndexOf('/') + 1)..];
        var colon = name.LastIndexOf(':');
        return !digest && (colon < 0 || name[(colon + 1)..] == "latest") ? "Always" : "IfNotPresent";
    }
}
