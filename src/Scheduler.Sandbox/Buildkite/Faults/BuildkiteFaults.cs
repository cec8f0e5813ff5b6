using System.Collections.Immutable;

namespace Scheduler.Sandbox.Buildkite.Faults;

/// <summary>The faults in place. May be changed at any time, also while calls are under way.</summary>
public sealed class BuildkiteFaults
{
    private ImmutableList<ArmedFault> _armed = [];
    private int _count;
    private volatile bool _tokenRevoked;

    /// <summary>While true, every call with the agent token is answered 401.</summary>
    public bool TokenRevoked
    {
        get => _tokenRevoked;
        set => _tokenRevoked = value;
    }

    /// <summary>Puts a fault in place. If several match a call, the one added first hits it.</summary>
    /// <returns>Disposing it ends the fault.</returns>
    public IDisposable Add(BuildkiteFault fault)
    {
        var armed = new ArmedFault(fault, Interlocked.Increment(ref _count));
        ImmutableInterlocked.Update(ref _armed, faults => faults.Add(armed));
        return new Removal(this, armed);
    }

    /// <summary>Ends all faults, the revocation of the token too.</summary>
    public void Clear()
    {
        ImmutableInterlocked.Update(ref _armed, static _ => []);
        TokenRevoked = false;
    }

    internal BuildkiteFault? Find(BuildkiteEndpoint endpoint)
    {
        var armed = Volatile.Read(ref _armed);
        return armed.IsEmpty ? null : armed.Find(fault => fault.Strikes(endpoint))?.Fault;
    }

    private sealed class Removal(BuildkiteFaults faults, ArmedFault armed) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref faults._armed, list => list.Remove(armed));
    }
}
