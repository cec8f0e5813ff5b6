using Scheduler.Buildkite;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Tests.Support;

namespace Scheduler.Cluster.Tests.Fetching;

public sealed class StackWaitingListTests
{
    private readonly FakeStack _stack = new();
    private int _registrations;

    [Theory]
    [InlineData(StacksErrorKind.NotFound)]
    [InlineData(StacksErrorKind.Unauthorized)]
    [InlineData(StacksErrorKind.Forbidden)]
    [InlineData(StacksErrorKind.Invalid)]
    [InlineData(StacksErrorKind.Permanent)]
    public async Task ARefusedListHasTheStackRegisteredAgain(StacksErrorKind kind)
    {
        _stack.Failure = Error(kind);

        Assert.Same(_stack.Failure, await Assert.ThrowsAsync<StacksApiException>(ListAsync));

        Assert.Equal(1, _registrations);
    }

    [Theory]
    [InlineData(StacksErrorKind.Transient)]
    [InlineData(StacksErrorKind.RateLimited)]
    public async Task APassingFaultHasNot(StacksErrorKind kind)
    {
        _stack.Failure = Error(kind);

        await Assert.ThrowsAsync<StacksApiException>(ListAsync);

        Assert.Equal(0, _registrations);
    }

    private static StacksApiException Error(StacksErrorKind kind) => new(StacksEndpoint.ListScheduled, kind, "as told");

    private Task<WaitingPage> ListAsync() => new StackWaitingList(
        _stack,
        _ =>
        {
            _registrations++;
            return Task.CompletedTask;
        }).ListAsync(null, 10, CancellationToken.None);
}
