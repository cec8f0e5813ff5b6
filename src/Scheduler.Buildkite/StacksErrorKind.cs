namespace Scheduler.Buildkite;

/// <summary>What to do about a failed call (stacks-api.md §11).</summary>
public enum StacksErrorKind
{
    /// <summary>Connection, time-out, 5xx, unreadable answer: may work later.</summary>
    Transient,

    /// <summary>429: will work later; the client already holds back further calls of the same scope.</summary>
    RateLimited,

    /// <summary>401: the token is missing, wrong or expired.</summary>
    Unauthorized,

    /// <summary>403: typically the organisation's limit of stacks.</summary>
    Forbidden,

    /// <summary>404: no such stack, queue or job.</summary>
    NotFound,

    /// <summary>422: the service understood and refused.</summary>
    Invalid,

    /// <summary>Any other refusal, and redirects that could not be followed.</summary>
    Permanent,
}
