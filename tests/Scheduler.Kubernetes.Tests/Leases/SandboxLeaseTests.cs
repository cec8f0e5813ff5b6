using System.Net;
using System.Net.Sockets;
using k8s;
using Scheduler.Kubernetes.Connection;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Leases;

public sealed class SandboxLeaseTests(SandboxApiServer server) : LeaseContract(server), IClassFixture<SandboxApiServer>
{
    [Fact]
    public async Task ARenewalWhoseAnswerWasLostIsRecognisedAsOurs()
    {
        using var one = Holder("one");
        var first = await one.TryAcquireAsync(Deadline);
        using (LoseAnswer("update"))
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => one.TryRenewAsync(Deadline));
        }

        Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(first!.Epoch, (await one.TryRenewAsync(Deadline))!.Epoch);
    }

    [Fact]
    public async Task AnAcquisitionWhoseAnswerWasLostIsMadeGoodAtTheNextAttempt()
    {
        using var one = Holder("one");
        using (LoseAnswer("create"))
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => one.TryAcquireAsync(Deadline));
        }

        Assert.NotNull(await one.TryAcquireAsync(Deadline));
    }

    [Fact]
    public async Task AReleaseAlsoFreesWhatAnUnansweredAcquisitionTook()
    {
        using var one = Holder("one");
        using var two = Holder("two");
        using (LoseAnswer("create"))
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => one.TryAcquireAsync(Deadline));
        }

        Assert.True(await one.ReleaseAsync(Deadline));
        Assert.NotNull(await two.TryAcquireAsync(Deadline));
    }

    [Fact]
    public async Task AReleaseAfterAnUnansweredRenewalFreesIt()
    {
        using var one = Holder("one");
        using var two = Holder("two");
        await one.TryAcquireAsync(Deadline);
        using (LoseAnswer("update"))
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => one.TryRenewAsync(Deadline));
        }

        Assert.True(await one.ReleaseAsync(Deadline));
        Assert.NotNull(await two.TryAcquireAsync(Deadline));
    }

    [Fact]
    public async Task AReleaseThatFailsSaysSoAndDoesNotThrow()
    {
        using var one = Holder("one");
        await one.TryAcquireAsync(Deadline);
        using var fault = server.Server.Faults.Add(new FaultRule(Fault.Status(500)) { Verb = "update", Resource = "leases" });

        Assert.False(await one.ReleaseAsync(Deadline));
    }

    [Fact]
    public async Task AServerThatSaysNothingEndsEachCallWithAnExceptionWithinTheOperationTimeout()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        using var client = KubernetesConnection.Connect(new KubernetesClientConfiguration { Host = $"http://{mute.LocalEndpoint}" });
        using var one = Holder("one", TimeProvider.System, client);
        var begun = TimeProvider.System.GetTimestamp();

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => one.TryAcquireAsync(Deadline));

        Assert.Contains("no answer within 2 s", error.Message, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(10));
    }

    private ActiveFault LoseAnswer(string verb) =>
        server.Server.Faults.Add(new FaultRule(Fault.Broken(Breakage.ResetAfterCommit)) { Verb = verb, Resource = "leases" });
}
