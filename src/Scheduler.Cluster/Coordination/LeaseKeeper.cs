using Akka.Actor;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Cluster.Coordination;

/// <summary>
/// Keeps one lease alive while it is held and looks at it while it is not. Requests are carried out one after another; one
/// for a lease whose holder seems dead, or of a server that does not answer, is repeated until its deadline. The loss is
/// reported when the term ends here at the latest, which is the safety margin before others may take the lease.
/// </summary>
internal sealed partial class LeaseKeeper : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);

    private readonly LeaseOptions _options;
    private readonly KubernetesLeaseHolder _holder;
    private readonly LeaseSighting _sighting;
    private readonly HeldTerm _held;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private Action<Exception>? _lost;

    public LeaseKeeper(LeaseOptions options, KubernetesLeaseHolder holder, LeaseSighting sighting, HeldTerm held, TimeProvider time)
    {
        (_options, _holder, _sighting, _held, _time) = (options, holder, sighting, held, time);
        ReceiveAsync<Acquire>(async acquire => Sender.Tell(await AcquireAsync(acquire)));
        ReceiveAsync<Release>(async _ => Sender.Tell(await ReleaseAsync()));

        // Without the lease it looks on, so that a dead holder's can be taken as soon as it has run out, not a duration later.
        ReceiveAsync<Due>(async _ =>
        {
            await (_lost is null ? _sighting.LookAsync(_stopping.Token) : KeepAsync());
            Timers.StartSingleTimer(nameof(Due), Due.Instance, UntilNext());
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(
        LeaseOptions options, KubernetesLeaseHolder holder, LeaseSighting sighting, HeldTerm held, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new LeaseKeeper(options, holder, sighting, held, time));

    protected override void PreStart() => Self.Tell(Due.Instance);

    protected override void PostStop()
    {
        _held.Value = null;
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task<Answer> AcquireAsync(Acquire request)
    {
        // Akka asks once, and whoever is told no downs its own side: a slow server or a holder that died must not mean that.
        Answer answer = new Answer.Unknown(new TimeoutException("an earlier request took too long"));
        while (ClockReading.Take(_time).Monotonic < request.Deadline)
        {
            answer = await TryAsync(request);
            if (answer is Answer.Yes || (answer is Answer.No && HolderIsAlive()) || !await PauseAsync())
            {
                break;
            }
        }

        return answer;
    }

    private async Task<Answer> TryAsync(Acquire request)
    {
        try
        {
            if (await _holder.TryAcquireAsync(_stopping.Token) is not { } term)
            {
                return Answer.No.Instance;
            }

            if (ClockReading.Take(_time).Monotonic >= request.Deadline)
            {
                LogTooLate();
                await ReleaseAsync();
                return Answer.No.Instance;
            }

            if (_held.Value is null)
            {
                LogAcquired(term.Epoch.Value);
            }

            (_held.Value, _lost) = (term, request.Lost);
            return Answer.Yes.Instance;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return new Answer.Unknown(error);
        }
    }

    /// <summary>Somebody has renewed the lease within two intervals.</summary>
    private bool HolderIsAlive() =>
        _holder.Seen is { Record.IsFree: false } seen && ClockReading.Take(_time).Monotonic - seen.SeenAt <= 2 * _options.RenewInterval;

    /// <summary>False when this actor has been stopped meanwhile.</summary>
    private async Task<bool> PauseAsync()
    {
        try
        {
            await Task.Delay(RetryPause, _time, _stopping.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<Answer> ReleaseAsync()
    {
        (_held.Value, _lost) = (null, null);
        return await _holder.ReleaseAsync(_stopping.Token) ? Answer.Yes.Instance : Answer.No.Instance;
    }

    /// <summary>The renew interval, or what is left of the term, so that its end is noticed when it comes.</summary>
    private TimeSpan UntilNext()
    {
        var left = _held.Value is { } term ? term.ValidUntil - ClockReading.Take(_time).Monotonic : TimeSpan.MaxValue;
        return left >= _options.RenewInterval ? _options.RenewInterval
            : left > TimeSpan.Zero ? left
            : TimeSpan.Zero;
    }

    private async Task KeepAsync()
    {
        var now = ClockReading.Take(_time);
        if (_held.Value is not { } term)
        {
            // Release() has been called; its message is on the way.
            return;
        }

        if (!term.IsValidAt(now))
        {
            Lose(new TimeoutException("it was not renewed in time"));
            return;
        }

        using var end = new CancellationTokenSource(term.ValidUntil - now.Monotonic, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, _stopping.Token);
        try
        {
            if (await _holder.TryRenewAsync(either.Token) is { } renewed)
            {
                // Not after a Release() that came meanwhile.
                _held.Value = _held.Value is null ? null : renewed;
            }
            else
            {
                Lose(null);
            }
        }
        catch (OperationCanceledException error)
        {
            Lose(error);
        }
        catch (HttpRequestException error)
        {
            LogRenewalFailed(error);
        }
    }

    private void Lose(Exception? error)
    {
        LogLost(error);
        var lost = _lost!;
        (_held.Value, _lost) = (null, null);
        try
        {
            lost(error!);
        }
        catch (Exception failure)
        {
            LogCallbackFailed(failure);
        }
    }
}
