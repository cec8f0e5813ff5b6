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

    /// <summary>How long to wait for the answer to a confirmation before asking again.</summary>
    public TimeSpan ConfirmationInterval { get; init; } = TimeSpan.FromSeconds(2);
}
