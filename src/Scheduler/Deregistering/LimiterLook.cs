using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Deregistering;

/// <summary>
/// Whether a controller is at work, told by the limiter's lease: its holder renews it. Nobody's clock is compared with ours, so a
/// lease that names a holder is watched for as long as a holder may be silent.
/// </summary>
internal sealed class LimiterLook(IKubernetes client, LeaseOptions lease, TimeSpan limit, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>The lease, for messages.</summary>
    public string Name => $"{lease.Namespace}/{lease.Name}";

    /// <returns>Who holds the lease and renews it; null when nobody does.</returns>
    /// <exception cref="HttpRequestException">It cannot be told.</exception>
    public async Task<string?> HolderAsync(CancellationToken cancellationToken)
    {
        var first = await ReadAsync(cancellationToken);
        if (string.IsNullOrEmpty(first?.Spec?.HolderIdentity))
        {
            return null;
        }

        for (var begun = time.GetTimestamp(); time.GetElapsedTime(begun) < lease.Duration;)
        {
            await Task.Delay(Pause, time, cancellationToken);
            var now = await ReadAsync(cancellationToken);
            if (string.IsNullOrEmpty(now?.Spec?.HolderIdentity))
            {
                return null;
            }

            if (now.Metadata.ResourceVersion != first.Metadata.ResourceVersion)
            {
                return now.Spec.HolderIdentity;
            }
        }

        return null;
    }

    private async Task<V1Lease?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Patience.WithinAsync(
                limit, time, token => client.CoordinationV1.ReadNamespacedLeaseAsync(lease.Name, lease.Namespace, cancellationToken: token), cancellationToken);
        }
        catch (HttpOperationException error) when (error.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (HttpOperationException error)
        {
            throw new HttpRequestException(ApiFailure.Describe(error, "get", "leases"), error);
        }
    }
}
