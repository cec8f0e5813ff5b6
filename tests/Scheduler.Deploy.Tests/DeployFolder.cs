using System.Reflection;

namespace Scheduler.Deploy.Tests;

/// <summary>The repository's <c>deploy/</c>: what is tested here is what lies there.</summary>
internal static class DeployFolder
{
    private static readonly string Root = typeof(DeployFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "DeployFolder").Value!;

    public static string Chart { get; } = In("helm", "agent-stack-k8s");

    public static string Alerts { get; } = In("alerts", "scheduler.yaml");

    public static string Configuration { get; } = In("CONFIGURATION.md");

    public static string Kustomize { get; } = In("kustomize");

    private static string In(params string[] names) => Path.GetFullPath(Path.Combine([Root, .. names]));
}
