using Scheduler.Kubernetes.Leases;

namespace Scheduler.Kubernetes.Tests.Leases;

/// <summary>A lease kept by a server whose answers are late or lost; a request that was given up may still be carried out.</summary>
internal sealed class SlowLeaseServer(TimeProvider time)
{
    private LeaseRecord? _record;
    private int _version;

    public ILeaseStore Connect(Func<Delays> next) => new Connection(this, next);

    /// <summary>One request's way there and back.</summary>
    internal readonly record struct Delays(TimeSpan Way, TimeSpan Back, bool RequestLost, bool AnswerLost);

    private void After(TimeSpan delay, Action action)
    {
        if (delay == TimeSpan.Zero)
        {
            action();
            return;
        }

        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                action();
            },
            null,
            delay,
            Timeout.InfiniteTimeSpan);
    }

    private LeaseRecord? Write(LeaseRecord wanted)
    {
        if ((_record?.Version ?? "") != wanted.Version)
        {
            return null;
        }

        _version++;
        return _record = wanted with { Version = $"v{_version}" };
    }

    private sealed class Connection(SlowLeaseServer server, Func<Delays> next) : ILeaseStore
    {
        public Task<LeaseRecord?> ReadAsync(CancellationToken cancellationToken) => RequestAsync(() => server._record, cancellationToken);

        public Task<LeaseRecord?> WriteAsync(LeaseRecord wanted, CancellationToken cancellationToken) =>
            RequestAsync(() => server.Write(wanted), cancellationToken);

        private async Task<LeaseRecord?> RequestAsync(Func<LeaseRecord?> carryOut, CancellationToken cancellationToken)
        {
            var delays = next();
            var answer = new TaskCompletionSource<LeaseRecord?>();
            await using var givenUp = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
            if (!delays.RequestLost)
            {
                server.After(delays.Way, () =>
                {
                    // Also when the client has given up.
                    var result = carryOut();
                    if (!delays.AnswerLost)
                    {
                        server.After(delays.Back, () => answer.TrySetResult(result));
                    }
                });
            }

            return await answer.Task;
        }
    }

}
