namespace Scheduler.Sandbox.Kubernetes.Faults;

/// <summary>What goes wrong with a request. Parts may be combined; delays come first.</summary>
public sealed record Fault
{
    /// <summary>
    /// A proxy in front of the server holds the request back until this ends: its <c>timeout</c> parameter counts from then, and
    /// that the client hangs up stops nothing. Null = it arrives at once.
    /// </summary>
    public Func<Task>? HeldBack { get; init; }

    /// <summary>
    /// A pause before the request is carried out. It goes on when the client hangs up, and the request is then still carried
    /// out, as can happen with the real server. When it exceeds the request's <c>timeout</c> parameter the answer is 504 and
    /// nothing is ever done.
    /// </summary>
    public TimeSpan DelayBeforeCommit { get; init; }

    /// <summary>
    /// A pause after the request was carried out and before it is answered. When it exceeds what is left of the request's
    /// <c>timeout</c> parameter the answer is 504, although everything was done.
    /// </summary>
    public TimeSpan DelayAfterCommit { get; init; }

    /// <summary>Answer with this code and a fitting Status instead of carrying the request out.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The Retry-After header of that answer, in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>How the answer gets lost. Of watches only the reset before their beginning is possible.</summary>
    public Breakage Breakage { get; init; }

    /// <summary>An answer of this code, such as 429, 500 or 503.</summary>
    public static Fault Status(int code, int? retryAfterSeconds = null) =>
        new() { StatusCode = code, RetryAfterSeconds = retryAfterSeconds };

    /// <summary>A lost or spoiled answer.</summary>
    public static Fault Broken(Breakage breakage) => new() { Breakage = breakage };
}
