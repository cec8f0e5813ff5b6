using Microsoft.Extensions.Time.Testing;
using Scheduler.Buildkite.Pacing;

namespace Scheduler.Buildkite.Tests.Pacing;

public sealed class ScopeGateTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task AClosedGateOpensOnTimeAndNotBefore()
    {
        var gate = new ScopeGate(_time);
        gate.CloseFor(TimeSpan.FromSeconds(1));
        var passing = gate.PassAsync(default).AsTask();

        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(passing.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await passing.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(gate.IsOpen);
    }

    [Fact]
    public void AnEarlierOpeningDoesNotReplaceALaterOne()
    {
        var gate = new ScopeGate(_time);
        gate.CloseFor(TimeSpan.FromSeconds(5));
        gate.CloseFor(TimeSpan.FromSeconds(1));

        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.False(gate.IsOpen);
    }

    [Fact]
    public async Task WaitingAtTheGateCanBeCancelled()
    {
        var gate = new ScopeGate(_time);
        gate.CloseFor(TimeSpan.FromSeconds(1));
        using var cancel = new CancellationTokenSource();
        var passing = gate.PassAsync(cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => passing);
    }
}
