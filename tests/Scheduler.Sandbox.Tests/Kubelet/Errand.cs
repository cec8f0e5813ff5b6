using Scheduler.Sandbox.Kubelet;

namespace Scheduler.Sandbox.Tests.Kubelet;

/// <summary>A workload under the test's control: says when it began, ends when told to or when interrupted.</summary>
internal sealed class Errand : IPodWorkload
{
    private readonly TaskCompletionSource<PodOutcome> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    /// <summary>Runs under way.</summary>
    public int Running => Volatile.Read(ref _running);

    public Task Killed => _killed.Task;

    public void End(PodOutcome outcome) => _end.TrySetResult(outcome);

    public async Task<PodOutcome> RunAsync(PodRun run, CancellationToken interrupted)
    {
        Interlocked.Increment(ref _running);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted, run.Killed);
        try
        {
            return await _end.Task.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!run.Killed.IsCancellationRequested)
        {
            return PodOutcome.Failed("container-0", 143);
        }
        catch (OperationCanceledException)
        {
            _killed.TrySetResult();
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
