using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Chaos.World;

/// <summary>Users who see to it that jobs are always waiting, and never very many, so that the end of a run is not far.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Chunk = 40;

    private readonly BuildkiteServer _buildkite;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _enqueuing;

    public Load(BuildkiteServer buildkite)
    {
        _buildkite = buildkite;
        _enqueuing = EnqueueAsync();
    }

    /// <summary>Nothing is enqueued any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _enqueuing;
        _stop.Dispose();
    }

    private async Task EnqueueAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            do
            {
                if (_buildkite.Observer.Count(JobState.Scheduled) < Chunk)
                {
                    await _buildkite.EnqueueManyAsync(Chunk, new NewJob(), _stop.Token);
                }
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Enough.
        }
    }
}
