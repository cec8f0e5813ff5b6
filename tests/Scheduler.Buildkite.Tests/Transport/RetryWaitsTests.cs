using Scheduler.Buildkite.Transport;

namespace Scheduler.Buildkite.Tests.Transport;

public sealed class RetryWaitsTests
{
    [Theory]
    [InlineData(StacksEndpoint.Finish, 1, 0.0, 1.5)]
    [InlineData(StacksEndpoint.Finish, 4, 1.0, 4.652)]
    [InlineData(StacksEndpoint.GetJob, 1, 0.0, 0.0)]
    [InlineData(StacksEndpoint.GetJob, 2, 0.5, 1.540)]
    [InlineData(StacksEndpoint.GetJob, 4, 1.0, 4.652)]
    public void WaitsFollowTheCurve(StacksEndpoint endpoint, int failures, double luck, double seconds) =>
        Assert.Equal(seconds, RetryWaits.After(endpoint, failures, null, TimeSpan.FromSeconds(1), luck).TotalSeconds, 0.002);

    [Theory]
    [InlineData(StacksEndpoint.Finish, 0.1, 0.1)]
    [InlineData(StacksEndpoint.Finish, 9, 9)]
    [InlineData(StacksEndpoint.GetJob, 0.1, 1)]
    [InlineData(StacksEndpoint.GetJob, 9, 9)]
    public void WhatTheServiceAsksForCounts(StacksEndpoint endpoint, double asked, double seconds) => Assert.Equal(
        seconds, RetryWaits.After(endpoint, 1, TimeSpan.FromSeconds(asked), TimeSpan.FromSeconds(1), 0.5).TotalSeconds, 0.002);
}
