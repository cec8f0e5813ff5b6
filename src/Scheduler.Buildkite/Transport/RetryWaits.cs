namespace Scheduler.Buildkite.Transport;

/// <summary>How long to wait between the attempts of one call (stacks-api.md §13).</summary>
internal static class RetryWaits
{
    /// <summary>
    /// The curve is 1, 1.54, 2.37, 3.65 s for a first wait of one second. What the service asks for replaces it; for a single
    /// job, where thousands of callers may be told the same, it is only a lower bound and the jitter goes both ways.
    /// </summary>
    /// <param name="endpoint">The call.</param>
    /// <param name="failures">Attempts that have failed, 1 or more.</param>
    /// <param name="asked">What the service asked for.</param>
    /// <param name="first">The wait that follows the first failure, without jitter.</param>
    /// <param name="luck">From 0 to 1: the place in the range of the jitter.</param>
    public static TimeSpan After(StacksEndpoint endpoint, int failures, TimeSpan? asked, TimeSpan first, double luck)
    {
        var curve = first * Math.Pow(1000, (failures - 1) / 16.0);
        if (endpoint == StacksEndpoint.GetJob)
        {
            var wait = curve + (first * ((2 * luck) - 1));
            return asked > wait ? asked.Value : wait;
        }

        return asked ?? curve + (first * (0.5 + (0.5 * luck)));
    }
}
