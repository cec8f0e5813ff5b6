using Scheduler.Kubernetes.Options;
using Scheduler.Running;

namespace Scheduler.Checking;

/// <summary>
/// What a node stumbles over at start before it asks anybody. Elsewhere than in a pod, what the chart puts into each pod, such as its
/// name, cannot be there: it is said to be unchecked.
/// </summary>
internal static class NodeChecks
{
    public static void Run(ControllerOptions options, bool inPod, CheckFindings findings)
    {
        Names(options, findings);
        Host(options, inPod, findings);
    }

    private static void Names(ControllerOptions options, CheckFindings findings)
    {
        try
        {
            StackNames.Registration(options).Validate();
        }
        catch (ArgumentException error)
        {
            findings.Fail("stack", error.Message, "see id, queue and tags");
        }
    }

    private static void Host(ControllerOptions options, bool inPod, CheckFindings findings)
    {
        if (!options.LacksHost())
        {
            return;
        }

        const string Remedy = "see that each node gets a cluster-host of its own, as the chart does by the variable CLUSTER_HOST";
        if (inPod)
        {
            findings.Fail("cluster-host", "missing, and required with cluster-seeds or cluster-pod-selector", Remedy);
        }
        else
        {
            findings.Warn("cluster-host", "unchecked: it is each node's own, and is not set here", Remedy);
        }
    }
}
