using System.Collections.Immutable;
using Scheduler.Buildkite;
using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Fetching;

/// <summary>
/// The waiting list over the Stacks API. When the list is refused (404: another controller with the same id deregistered the
/// stack; or any other 4xx), the stack is registered again instead of giving up; the caller makes pauses.
/// </summary>
public sealed class StackWaitingList(IStack stack, Func<CancellationToken, Task> registerAgain) : IWaitingList
{
    public async Task<WaitingPage> ListAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        try
        {
            var page = await stack.ListScheduledAsync(after, limit, cancellationToken);
            return new WaitingPage(page.Jobs, page.Paused, page.HasNextPage, page.EndCursor, page.Delay);
        }
        catch (StacksApiException error) when (!error.IsTransient)
        {
            await registerAgain(cancellationToken);
            throw;
        }
    }

    public async Task<ReservationAnswer> ReserveAsync(ImmutableArray<JobId> jobs, TimeSpan? expiry, CancellationToken cancellationToken)
    {
        var result = await stack.ReserveAsync(jobs, expiry, cancellationToken);
        return new ReservationAnswer([.. result.Reserved], [.. result.NotReserved], result.Error);
    }
}
