using k8s;
using k8s.Models;

namespace Scheduler.Deploy.Tests.Helm;

/// <summary>One object as YAML.</summary>
internal sealed class Manifest(string yaml)
{
    public string Yaml => yaml;

    /// <summary>Kind, version and name, whatever else it holds.</summary>
    public V1ConfigMap Head { get; } = KubernetesYaml.Deserialize<V1ConfigMap>(yaml);

    public string Kind => Head.Kind;

    public string ApiVersion => Head.ApiVersion;

    /// <summary>Read strictly: a field that Kubernetes does not know throws. Null for kinds that are not its own.</summary>
    public object? Typed { get; } = Read(yaml);

    public override string ToString() => $"{Kind} {Head.Namespace()}/{Head.Name()}";

    private static object? Read(string yaml) =>
        KubernetesYaml.Deserialize<V1ConfigMap>(yaml).Kind is "PodMonitor" or "PrometheusRule"
            ? null
            : Assert.Single(KubernetesYaml.LoadAllFromString(yaml, typeMap: null, strict: true));
}
