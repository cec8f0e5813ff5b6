using System.Net;
using Scheduler.Management.Tests.Support;

namespace Scheduler.Management.Tests.Members;

public sealed class LeaveTests
{
    [Theory]
    [InlineData("DELETE", null, "Leaving")]
    [InlineData("PUT", "operation=leave", "Leaving")]
    [InlineData("PUT", "operation=DOWN", "Downing")]
    public async Task AMemberLeavesOrIsDownedWhenTold(string method, string? form, string done)
    {
        var node = new TestNode();
        await node.InitializeAsync();
        try
        {
            var cluster = Akka.Cluster.Cluster.Get(node.System);
            var gone = new TaskCompletionSource();
            cluster.RegisterOnMemberRemoved(gone.SetResult);
            await using var served = await node.ServeAsync(new ManagementOptions { Token = "secret" });
            using var body = form is null ? null : new StringContent(form, null, "application/x-www-form-urlencoded");

            var answer = await served.SendAsync(new HttpMethod(method), $"/cluster/members/{node.Address}", body, "secret");

            Assert.Equal((HttpStatusCode.OK, $"{done} {node.Address}"), answer);
            await gone.Task.WaitAsync(TestNode.Patience);
        }
        finally
        {
            await node.DisposeAsync();
        }
    }
}
