namespace Scheduler.Kubernetes.Configuration;

/// <summary>Who reads a configuration.</summary>
public enum ConfigurationUse
{
    /// <summary>A node that is to run with it: all it needs must be there, and in the controller's own form.</summary>
    Node,

    /// <summary>
    /// Somebody who looks at it, perhaps on another machine: what each node is told of itself (<c>cluster-host</c>) may be missing, and
    /// a values file of the Helm chart is read for what the chart makes of it.
    /// </summary>
    Look,
}
