using System.Collections.Concurrent;
using Scheduler.Buildkite.Transport;

namespace Scheduler.Buildkite.Pacing;

/// <summary>
/// Keeps this process within the rate limits: its own count of calls per endpoint, and what the service's answers say of the
/// scope's window. Waiting happens without a thread, in order of arrival, and can be cancelled.
/// </summary>
internal sealed class Pacer : IDisposable
{
    // A service that made up scope names would otherwise fill the memory.
    private const int MostScopes = 100;

    private readonly ConcurrentDictionary<string, ScopeGate> _gates = new(StringComparer.Ordinal);
    private readonly EndpointPace[] _paces;
    private readonly TimeProvider _time;
    private readonly TimeSpan _longest;

    public Pacer(StacksClientOptions options, TimeProvider time)
    {
        _time = time;
        _longest = options.LongestServerWait;
        _paces = [.. Enum.GetValues<StacksEndpoint>().Select(endpoint => new EndpointPace(
            options.RequestsPerSecond.TryGetValue(endpoint, out var perSecond) ? perSecond : null,
            GateOf(EndpointRules.Of(endpoint).Scope)))];
    }

    /// <summary>Waits until the endpoint may be called.</summary>
    public ValueTask EnterAsync(StacksEndpoint endpoint, CancellationToken cancellationToken) =>
        _paces[(int)endpoint].EnterAsync(cancellationToken);

    /// <summary>Takes note of any answer's headers.</summary>
    public void Observe(StacksEndpoint endpoint, ServerHints hints)
    {
        var gate = Follow(endpoint, hints);
        if (hints.Exhausted)
        {
            Close(gate, hints.Reset!.Value);
        }
    }

    /// <summary>Takes note of a refusal (429).</summary>
    public void Refused(StacksEndpoint endpoint, ServerHints hints, TimeSpan? wait)
    {
        var gate = Follow(endpoint, hints);
        if (wait is { } duration)
        {
            Close(gate, duration);
        }
    }

    public void Dispose()
    {
        foreach (var pace in _paces)
        {
            pace.Dispose();
        }
    }

    private ScopeGate Follow(StacksEndpoint endpoint, ServerHints hints)
    {
        var pace = _paces[(int)endpoint];
        if (hints.Scope is { } scope && (_gates.ContainsKey(scope) || _gates.Count < MostScopes))
        {
            pace.Gate = GateOf(scope);
        }

        return pace.Gate;
    }

    private ScopeGate GateOf(string scope) => _gates.GetOrAdd(scope, static (_, time) => new ScopeGate(time), _time);

    private void Close(ScopeGate gate, TimeSpan duration) => gate.CloseFor(duration < _longest ? duration : _longest);
}
