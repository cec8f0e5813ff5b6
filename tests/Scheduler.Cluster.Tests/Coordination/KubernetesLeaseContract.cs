using System.Net;
using System.Net.Sockets;
using Akka.Coordination;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Cluster.Coordination;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Leases;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Waiting;

namespace Scheduler.Cluster.Tests.Coordination;

/// <summary>What <see cref="KubernetesLease"/> promises to Akka on any API server. Leases grow old only when the test says so.</summary>
public abstract class KubernetesLeaseContract(ApiServer server) : IAsyncLifetime, IDisposable
{
    private const string ObjectName = "test-downing";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(3));
    private readonly FakeTimeProvider _clock = new();
    private k8s.Kubernetes _client = null!;
    private string _ns = "";

    public async Task InitializeAsync()
    {
        _client = KubernetesConnection.Connect(server.Configuration());
        _ns = await server.NewNamespaceAsync(_deadline.Token);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    [ContractFact]
    public async Task OfTwoWhoAskOneHasIt()
    {
        await using var one = System("one");
        await using var two = System("two");

        Assert.False(one.Lease.CheckLease());
        Assert.True(await one.Lease.Acquire());
        Assert.False(await two.Lease.Acquire());

        Assert.Equal((true, false), (one.Lease.CheckLease(), two.Lease.CheckLease()));
        Assert.True(await one.Lease.Acquire());
    }

    [ContractFact]
    public async Task OfManyWhoAskAtOnceOneGetsIt()
    {
        var systems = Enumerable.Range(0, 5).Select(i => System($"racer-{i}")).ToList();

        var answers = await Task.WhenAll(systems.Select(system => AskAsync(system.Lease)));

        Assert.Single(answers, won => won);
        Assert.Single(systems, system => system.Lease.CheckLease());
        foreach (var system in systems)
        {
            await system.DisposeAsync();
        }
    }

    [ContractFact]
    public async Task AReleasedLeaseIsFreeAtOnceAndReleasingTwiceOrForNothingDoesNoHarm()
    {
        await using var one = System("one");
        await using var two = System("two");
        Assert.True(await two.Lease.Release());
        Assert.True(await one.Lease.Acquire());

        Assert.True(await one.Lease.Release());
        Assert.False(one.Lease.CheckLease());
        Assert.True(await two.Lease.Acquire());
        Assert.True(await one.Lease.Release());
        Assert.True(two.Lease.CheckLease());
    }

    [ContractFact]
    public async Task ItIsRenewedForAsLongAsItIsHeld()
    {
        await using var one = System("one");
        await using var two = System("two");
        Assert.True(await one.Lease.Acquire());
        for (var i = 0; i < 4; i++)
        {
            var version = (await ReadAsync()).Metadata.ResourceVersion;
            _clock.Advance(TimeSpan.FromSeconds(3));
            await UntilAsync(async () => (await ReadAsync()).Metadata.ResourceVersion != version);
        }

        Assert.True(one.Lease.CheckLease());
        Assert.False(await two.Lease.Acquire());
    }

    [ContractFact]
    public async Task ADeadHoldersLeaseIsFreeWhenItHasRunOutEvenForOneWhoNeverAskedBefore()
    {
        using var looks = new FailingFirst(requests: 0);
        using var client = new k8s.Kubernetes(server.Configuration(), looks);
        await using (var one = System("one"))
        {
            Assert.True(await one.Lease.Acquire());
        }

        await using var two = new LeaseSystem(client, _ns, _clock, "two");
        await UntilAsync(() => Task.FromResult(looks.Seen > 1));

        // The one that follows looks at the lease without being asked to, and waits for the rest of the term.
        var age = TimeSpan.FromSeconds(1);
        _clock.Advance(age);
        var request = two.Lease.Acquire();
        await UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(request.IsCompleted ? 0 : 0.5));
            age += TimeSpan.FromSeconds(request.IsCompleted ? 0 : 0.5);
            return Task.FromResult(request.IsCompleted);
        });
        Assert.True(await request);
        Assert.InRange(age, Duration - TimeSpan.FromSeconds(1), Duration + TimeSpan.FromSeconds(3));
    }

    [ContractFact]
    public async Task APassingFaultOfTheServerDoesNotMeanNo()
    {
        using var flaky = new FailingFirst(requests: 4);
        using var client = new k8s.Kubernetes(server.Configuration(), flaky);
        await using var one = new LeaseSystem(client, _ns, TimeProvider.System, "one");

        Assert.True(await one.Lease.Acquire());
        Assert.True(one.Lease.CheckLease());
    }

    [ContractFact]
    public async Task WhoFindsItChangedByOthersIsToldAndDoesNotCountOnItAnyMore()
    {
        await using var one = System("one");
        var lost = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.True(await one.Lease.Acquire(lost.SetResult));
        await server.Admin.CoordinationV1.PatchNamespacedLeaseAsync(
            new V1Patch("""{"spec":{"holderIdentity":"somebody else"}}""", V1Patch.PatchType.MergePatch), ObjectName, _ns, cancellationToken: _deadline.Token);

        Assert.Null(await lost.Task.WaitAsync(_deadline.Token));
        Assert.False(one.Lease.CheckLease());
        Assert.False(await one.Lease.Acquire());
    }

    [ContractFact]
    public async Task AProcessThatWasFrozenLongerThanTheLeaseKnowsItAtOnce()
    {
        await using var one = System("one");
        var lost = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.True(await one.Lease.Acquire(lost.SetResult));

        _clock.Advance(Duration);

        Assert.False(one.Lease.CheckLease());
        Assert.NotNull(await lost.Task.WaitAsync(_deadline.Token));
    }

    [ContractFact]
    public async Task AServerThatSaysNothingEndsARequestWithALeaseExceptionInTimeAndNeverAsCancelled()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        using var client = KubernetesConnection.Connect(new KubernetesClientConfiguration { Host = $"http://{mute.LocalEndpoint}" });
        await using var one = new LeaseSystem(client, _ns, TimeProvider.System, "one", TimeSpan.FromSeconds(1));

        var request = one.Lease.Acquire();
        await Assert.ThrowsAsync<LeaseException>(() => request.WaitAsync(_deadline.Token));

        Assert.True(request.IsFaulted);
        Assert.False(one.Lease.CheckLease());
        Assert.False(await one.Lease.Release());
    }

    [ContractFact]
    public async Task WhoAsksOnlyOnceTheHolderHasDiedNeedNotWaitForAWholeDuration()
    {
        var options = new LeaseOptions { Namespace = _ns, Name = "limiter", HolderName = "x", Duration = Duration };
        using var dead = new KubernetesLeaseHolder(options, _client, _clock);
        var sighting = new LeaseSighting(options, _client, _clock);
        Assert.NotNull(await dead.TryAcquireAsync(_deadline.Token));
        await sighting.LookAsync(_deadline.Token);
        _clock.Advance(Duration);

        using var blind = new KubernetesLeaseHolder(options, _client, _clock);
        using var watchful = new KubernetesLeaseHolder(options, _client, _clock, sighting);
        Assert.Null(await blind.TryAcquireAsync(_deadline.Token));
        Assert.NotNull(await watchful.TryAcquireAsync(_deadline.Token));
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _client?.Dispose();
            _deadline.Dispose();
        }
    }

    private LeaseSystem System(string owner) => new(_client, _ns, _clock, owner);

    /// <summary>A machine so busy that a call takes too long proves nothing here; whoever it happens to has not won.</summary>
    private static async Task<bool> AskAsync(Lease lease)
    {
        try
        {
            return await lease.Acquire();
        }
        catch (LeaseException)
        {
            return false;
        }
    }

    private Task<V1Lease> ReadAsync() =>
        server.Admin.CoordinationV1.ReadNamespacedLeaseAsync(ObjectName, _ns, cancellationToken: _deadline.Token);

    private Task UntilAsync(Func<Task<bool>> condition) =>
        Eventually.TrueAsync(condition, TimeSpan.FromMilliseconds(200), _deadline.Token);
}
