using System.Collections.Immutable;
using Scheduler.Buildkite;
using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Fetching;

/// <summary>
/// The waiting list over the Stacks API. A stack that Buildkite no longer knows (another controller with the same id
/// deregistered it) is registered again instead of giving up.
/// </summary>
public sealed class StackWaitingList(IStack stack, Func<CancellationToken, Task> registerAgain) : IWaitingList
{
    public async Task<WaitingPage> ListAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        try
        {
            var page = await stack.ListScheduledAsync(after, limit, cancellationToken);
            return new WaitingPage(page.Jobs, page.Paused, page.HasNextPage, page.EndCursor);
        }
        catch (StacksApiException error) when (error.Kind == StacksErrorKind.NotFound)
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
