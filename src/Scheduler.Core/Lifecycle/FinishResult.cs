namespace Scheduler.Core.Lifecycle;

/// <summary>What became of an attempt to fail a job at Buildkite.</summary>
public enum FinishResult
{
    /// <summary>It has ended by this, or Buildkite does not know it: there is nothing more to tell.</summary>
    Done,

    /// <summary>Buildkite refused: the job has ended already, or an agent has just taken it.</summary>
    Refused,

    /// <summary>It will never be possible, for instance because the token is not accepted any more.</summary>
    Impossible,

    /// <summary>Buildkite could not be reached, or could not answer; whether the job has ended is not known.</summary>
    TryAgain,
}
