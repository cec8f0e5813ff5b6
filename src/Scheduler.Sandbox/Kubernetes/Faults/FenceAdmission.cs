using System.Globalization;
using System.Text.RegularExpressions;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Faults;

/// <summary>What the chart's policy says in CEL, for a server that knows no CEL.</summary>
internal static partial class FenceAdmission
{
    private const string Grant = "scheduler.buildkite.com/grant";

    /// <exception cref="ApiError">403 for a grant that is over or cannot be read; 422 when there is no Lease to judge by.</exception>
    public static void Check(GrantFence fence, KubeObject created, StoreSnapshot current)
    {
        if (current.Find(new ObjectKey(ResourceCatalog.Leases, fence.Namespace, fence.Lease)) is not { } lease)
        {
            throw ApiError.DeniedByPolicy(
                created.Type,
                created.Meta.Name,
                fence.Policy,
                "failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction",
                code: 422,
                reason: "Invalid");
        }

        if (EpochOf(created) < (lease.NumberAt(KubeObject.Spec, "leaseTransitions") ?? 0))
        {
            throw ApiError.DeniedByPolicy(created.Type, created.Meta.Name, fence.Policy, "the grant of this Job is of an epoch that is over");
        }
    }

    /// <summary>Below every epoch when there is none that can be read.</summary>
    private static long EpochOf(KubeObject job) =>
        job.Meta.Annotations.TryGetValue(Grant, out var grant) && GrantText().Match(grant) is { Success: true } match
            ? long.Parse(match.Groups["epoch"].ValueSpan, CultureInfo.InvariantCulture)
            : -1;

    [GeneratedRegex(@"\A(?<epoch>[0-9]{1,18})/[0-9]{1,19}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex GrantText();
}
