namespace Scheduler.Kubernetes.Configuration;

/// <summary>Where a value comes from; later ones win (configuration.md §1).</summary>
public enum ConfigurationSource
{
    Default,
    File,
    Environment,
    Flag,
}
