using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Scheduler.Running;

/// <summary>Repeats a step of the start until it succeeds: what is missing or unreachable now may be there soon.</summary>
internal static partial class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Runs the step until it returns. <see cref="StartUpException"/> and cancellation end it at once.</summary>
    public static async Task<T> UntilDoneAsync<T>(
        string what, Func<CancellationToken, Task<T>> step, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is not (null or StartUpException) && !args.Context.CancellationToken.IsCancellationRequested),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = First,
                MaxDelay = Longest,
                UseJitter = true,
                OnRetry = args =>
                {
                    LogRetry(logger, what, args.Outcome.Exception!.Message, args.RetryDelay.TotalSeconds);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
        return await pipeline.ExecuteAsync(async token => await step(token), cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "{What} failed, trying again in {Seconds:F1} s: {Reason}")]
    private static partial void LogRetry(ILogger logger, string what, string reason, double seconds);
}
