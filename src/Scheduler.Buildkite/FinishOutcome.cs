namespace Scheduler.Buildkite;

/// <summary>What became of a request to end a job. In each case there is no point in asking again.</summary>
public enum FinishOutcome
{
    /// <summary>The job ended by this call.</summary>
    Finished,

    /// <summary>The service refused it (422): the job has ended already or an agent owns it.</summary>
    AlreadyEnded,

    /// <summary>The service does not know the job or the stack (404).</summary>
    Gone,
}
