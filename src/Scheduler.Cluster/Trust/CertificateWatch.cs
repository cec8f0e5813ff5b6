using Akka.Actor;
using Akka.Cluster;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Cluster.Trust;

/// <summary>
/// Has the node leave, to start anew in its process, when its certificate has been replaced or grows old. One node at a time: it
/// leaves only with the turn in hand, which is a lease that outlives the node and is given back by its successor once that is
/// a member; a node that does not come back holds up the others no longer than the lease lasts. It leaves nothing before it has seen
/// that what it would start with can be used.
/// </summary>
public sealed partial class CertificateWatch : ReceiveActor, IWithTimers
{
    private readonly NodeCertificate _current;
    private readonly RenewalParts _parts;
    private readonly TimeProvider _time;
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly CancellationTokenSource _stopping = new();

    public CertificateWatch(NodeCertificate current, RenewalParts parts, TimeProvider time)
    {
        (_current, _parts, _time) = (current, parts, time);
        ReceiveAsync<Due>(async _ =>
        {
            await LookAsync();
            Timers.StartSingleTimer(nameof(Due), Due.Instance, _parts.Interval);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="current">What the node has shown since it started.</param>
    /// <param name="parts">Where it comes from, and whose turn it is.</param>
    /// <param name="time">Says what has grown old.</param>
    public static Props Props(NodeCertificate current, RenewalParts parts, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new CertificateWatch(current, parts, time));

    protected override void PreStart() => Self.Tell(Due.Instance);

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task LookAsync()
    {
        try
        {
            // Without a cluster around it a node has nothing to leave, and its turn is not over.
            if (!IsSettled)
            {
                return;
            }

            if (!await IsReplacedAsync())
            {
                await _parts.Turn.ReleaseAsync(_stopping.Token);
            }
            else if (await _parts.Turn.TryAcquireAsync(_stopping.Token) is not null)
            {
                LogLeaving();
                _cluster.Leave(_cluster.SelfAddress);
            }

            LogTrouble(null);
            LogEnding();
        }
        catch (Exception error) when (error is HttpRequestException or InvalidOperationException or OperationCanceledException)
        {
            LogTrouble(error);
        }
    }

    private bool IsSettled => !_cluster.IsTerminated
        && _cluster.State.Unreachable.IsEmpty
        && _cluster.State.Members.All(member => member.Status == MemberStatus.Up)
        && _cluster.SelfMember.Status == MemberStatus.Up;

    private async Task<bool> IsReplacedAsync()
    {
        if (await _parts.Source.VersionAsync(_stopping.Token) == _current.Version && !(_current.RenewFrom <= _time.GetUtcNow()))
        {
            return false;
        }

        await _parts.Source.LoadAsync(_stopping.Token);
        return true;
    }

    private sealed record Due
    {
        public static readonly Due Instance = new();
    }
}

/// <summary>How a node gets another certificate.</summary>
/// <param name="Source">Where its certificates come from.</param>
/// <param name="Turn">The lease that lets one node at a time start anew; outlives the node.</param>
/// <param name="Interval">From one look to the next.</param>
public sealed record RenewalParts(ICertificateSource Source, KubernetesLeaseHolder Turn, TimeSpan Interval);
