namespace Scheduler.Sandbox.Buildkite.Faults;

/// <summary>A fault in place, with the number of calls it has seen and hit.</summary>
internal sealed class ArmedFault(BuildkiteFault fault, int seed)
{
    private int _seen;
    private int _hit;

    public BuildkiteFault Fault => fault;

    public bool Strikes(BuildkiteEndpoint endpoint)
    {
        if (fault.Endpoint is { } wanted && wanted != endpoint)
        {
            return false;
        }

        var number = Interlocked.Increment(ref _seen);
        return number > fault.Skip &&
            (fault.Probability >= 1 || new Random(unchecked((seed * 7919) + number)).NextDouble() < fault.Probability) &&
            Interlocked.Increment(ref _hit) <= fault.Times;
    }
}
