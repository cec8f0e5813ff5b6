namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>What the rate limiter says of one call, for its headers and, if it is refused, its body.</summary>
internal sealed record RateVerdict(string Scope, int Limit, int Remaining, bool Admitted)
{
    /// <summary>Seconds until the window has moved past every call in it.</summary>
    public static int ResetSeconds => (int)SlidingWindow.Length.TotalSeconds;
}
