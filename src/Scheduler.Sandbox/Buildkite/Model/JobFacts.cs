using System.Collections.Immutable;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>What happened to a job besides its state. Most jobs share <see cref="None"/>, which keeps a long backlog small.</summary>
public sealed record JobFacts
{
    public static JobFacts None { get; } = new();

    /// <summary>Successful acquires by agents; more than one only after the job was given back.</summary>
    public int Acquired { get; init; }

    /// <summary>Refused acquires by an agent other than the one that already had taken the job: a second pod for one job.</summary>
    public int DuplicateAcquires { get; init; }

    /// <summary>Starts by agents.</summary>
    public int Started { get; init; }

    /// <summary>Finish calls by stacks, refused ones included.</summary>
    public int StackFinishes { get; init; }

    /// <summary>Times a stack was told that the job is reserved for it, extensions included.</summary>
    public int Reservations { get; init; }

    public ImmutableList<StackNotification> Notifications { get; init; } = [];

    /// <summary>The last agent that acquired the job.</summary>
    public Guid? LastAgent { get; init; }

    public int? ExitStatus { get; init; }

    public string? SignalReason { get; init; }

    /// <summary>What the stack gave as the reason when it finished the job.</summary>
    public string? Detail { get; init; }
}
