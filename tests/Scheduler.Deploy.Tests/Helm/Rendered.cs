using System.Collections.Immutable;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.Deploy.Tests.Helm;

/// <summary>All objects of a rendered chart.</summary>
internal sealed partial record Rendered(ImmutableArray<Manifest> Manifests)
{
    public static Rendered Parse(string yaml) => new(
    [
        .. DocumentStart().Split(yaml)
            .Where(document => document.Contains("kind:", StringComparison.Ordinal))
            .Select(document => new Manifest(document)),
    ]);

    public V1StatefulSet StatefulSet => One<V1StatefulSet>();

    public V1Container Controller => Assert.Single(StatefulSet.Spec.Template.Spec.Containers);

    public string ConfigurationText => One<V1ConfigMap>(map => map.Name().EndsWith("-config", StringComparison.Ordinal)).Data["config.yaml"];

    /// <summary>What the controller would run with.</summary>
    public ConfigurationResult Configuration() => ConfigurationLoader.Merge(
        ConfigurationText,
        "config.yaml",
        Controller.Env.Where(variable => variable.Value is not null).ToDictionary(variable => variable.Name, variable => variable.Value),
        new Dictionary<string, string?>());

    public T One<T>(Func<T, bool>? condition = null)
        where T : class, IKubernetesObject
        => Assert.Single(All<T>(), condition is null ? _ => true : new Predicate<T>(condition));

    public ImmutableArray<T> All<T>()
        where T : class, IKubernetesObject
        => [.. Manifests.Select(manifest => manifest.Typed).OfType<T>()];

    [GeneratedRegex("^---$", RegexOptions.Multiline)]
    private static partial Regex DocumentStart();
}
