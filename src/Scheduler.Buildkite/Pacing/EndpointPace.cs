using System.Threading.RateLimiting;

namespace Scheduler.Buildkite.Pacing;

/// <summary>The pace of one endpoint: its own window of calls, and the gate of the scope its calls count against.</summary>
internal sealed class EndpointPace(int? perSecond, ScopeGate gate) : IDisposable
{
    // Twelve tenths of a second: whatever the place of a call in its tenth, it leaves the window more than a second later,
    // so the service, which counts whole seconds, never sees more than the limit even if calls travel at different speeds.
    private readonly SlidingWindowRateLimiter? _window = perSecond is { } limit
        ? new SlidingWindowRateLimiter(new SlidingWindowRateLimiterOptions
        {
            PermitLimit = limit,
            Window = TimeSpan.FromMilliseconds(1200),
            SegmentsPerWindow = 12,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        })
        : null;

    private ScopeGate _gate = gate;

    public ScopeGate Gate
    {
        get => Volatile.Read(ref _gate);
        set => Volatile.Write(ref _gate, value);
    }

    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        do
        {
            await Gate.PassAsync(cancellationToken);
            if (_window is not null)
            {
                using var permit = await _window.AcquireAsync(1, cancellationToken);
            }
        }
        while (!Gate.IsOpen);
    }

    public void Dispose() => _window?.Dispose();
}
