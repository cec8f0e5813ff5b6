namespace Scheduler.Kubernetes.Watching;

/// <summary>Cuts a connection on which nothing has come for too long: its other end may be gone without a word.</summary>
internal sealed class SilenceGuard : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenRegistration _link;

    public SilenceGuard(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        (_limit, _caller) = (limit, caller);
        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _link = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _silence);
    }

    /// <exception cref="HttpRequestException">Nothing came within the limit, or the connection broke.</exception>
    public async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> wait)
    {
        _silence.CancelAfter(_limit);
        try
        {
            return await wait(_silence.Token);
        }
        catch (OperationCanceledException error) when (!_caller.IsCancellationRequested)
        {
            throw new HttpRequestException($"nothing came for {_limit.TotalSeconds:0} s, so the connection was given up", error);
        }
        catch (IOException error)
        {
            throw new HttpRequestException(error.Message, error);
        }
        finally
        {
            // The caller's own slowness is not the connection's silence.
            _silence.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _link.Dispose();
        _silence.Dispose();
    }
}
