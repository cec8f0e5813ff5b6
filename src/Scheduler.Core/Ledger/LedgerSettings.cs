using Scheduler.Core.Launching;

namespace Scheduler.Core.Ledger;

/// <summary>The ledger's fixed durations.</summary>
public sealed record LedgerSettings
{
    /// <summary>How long a grant lives when the lease allows it. Long enough to reserve the job and read it from Buildkite.</summary>
    public TimeSpan GrantLifetime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A grant that the lease would cut shorter than this is not made: nobody could use it for a create.</summary>
    public TimeSpan ShortestGrant { get; init; } = new CreateLimits().Least;

    /// <summary>How grants are numbered; null = 1, 2, 3, for models and tests, where nobody forges any.</summary>
    public GrantNumbers? Numbers { get; init; }

    /// <summary>How long a claim waits for the lease's renewal: less than its sender waits for the answer.</summary>
    public TimeSpan ClaimPatience { get; init; } = TimeSpan.FromMilliseconds(1_500);

    /// <summary>Pause after a look at Kubernetes that failed.</summary>
    public TimeSpan ConfirmationInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Most Jobs read one by one at a time; more are settled by one list.</summary>
    public int MostReads { get; init; } = 4;

    /// <summary>
    /// Between the lease's renewal and the look that relies on it: a store that was frozen carries out in any order what had
    /// piled up, and the API server learns of a new epoch a moment after it was written.
    /// </summary>
    public TimeSpan SecondLookAfter { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A Job counts as missed by the watch that has not shown it for so long, whatever the revisions say.</summary>
    public TimeSpan LongestUnseen { get; init; } = TimeSpan.FromSeconds(30);
}
