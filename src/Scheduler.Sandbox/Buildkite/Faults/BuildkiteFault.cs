using Scheduler.Core.Identity;

namespace Scheduler.Sandbox.Buildkite.Faults;

/// <summary>Something that goes wrong with some calls. What is not set stays as it is; several things may be set together.</summary>
public sealed record BuildkiteFault
{
    /// <summary>The call concerned; null for every call.</summary>
    public BuildkiteEndpoint? Endpoint { get; init; }

    /// <summary>So many matching calls pass unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>So many calls are hit, then the fault is over.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>Share of the matching calls that is hit, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Waits so long, on the server's clock, before anything else.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Answers this status.</summary>
    public int? Status { get; init; }

    /// <summary>Text of the error body that goes with <see cref="Status"/>.</summary>
    public string Message { get; init; } = "injected fault";

    /// <summary>Sent as <c>Retry-After</c> in seconds, with decimals if there are any.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the call takes effect although <see cref="Status"/> says that it failed.</summary>
    public bool TakesEffect { get; init; }

    public ConnectionReset Reset { get; init; }

    public BodyFault Body { get; init; }

    /// <summary>Reserve: only the first so many ids are reserved, the others answered as not reserved.</summary>
    public int? ReserveAtMost { get; init; }

    /// <summary>Get-states: ids left out of the answer.</summary>
    public Func<JobId, bool>? OmitState { get; init; }

    /// <summary>List: the page begins so many jobs later (skipping some), or earlier if negative (showing some again).</summary>
    public int PageShift { get; init; }
}
