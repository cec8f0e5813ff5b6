using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Leases;
using Scheduler.Kubernetes.Tests.Connection;
using Scheduler.Kubernetes.Time;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Leases;

/// <summary>What <see cref="KubernetesLeaseHolder"/> promises on any API server.</summary>
public abstract class LeaseContract(ApiServer server) : ApiServerTests(server, TimeSpan.FromMinutes(1))
{
    protected const string Name = "limiter";

    protected FakeTimeProvider Clock { get; } = new();

    protected static TimeSpan Duration => TimeSpan.FromSeconds(8);

    [ContractFact]
    public async Task TheFirstToAskGetsItAndItsTermEndsBeforeOthersMayTakeIt()
    {
        using var one = Holder("one");

        var term = await one.TryAcquireAsync(Deadline);

        Assert.NotNull(term);
        Assert.Equal(Clock.GetMoment() + TimeSpan.FromSeconds(7.5), term.ValidUntil);
        var lease = await Server.Admin.CoordinationV1.ReadNamespacedLeaseAsync(Name, Ns, cancellationToken: Deadline);
        Assert.Equal(
            (one.Identity, 8, term.Epoch.Value),
            (lease.Spec.HolderIdentity, lease.Spec.LeaseDurationSeconds ?? 0, (long)(lease.Spec.LeaseTransitions ?? 0)));
    }

    [ContractFact]
    public async Task AHolderThatGoesOnRenewingKeepsItAndItsEpoch()
    {
        using var one = Holder("one");
        using var two = Holder("two");
        var first = await one.TryAcquireAsync(Deadline);
        for (var i = 0; i < 10; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(3));

            var renewed = await one.TryRenewAsync(Deadline);

            Assert.Equal((first!.Epoch, Clock.GetMoment() + TimeSpan.FromSeconds(7.5)), (renewed!.Epoch, renewed.ValidUntil));
            Assert.Null(await two.TryAcquireAsync(Deadline));
        }
    }

    [ContractFact]
    public async Task AHolderRaisesItsEpochAndHoldsOn()
    {
        using var one = Holder("one");
        using var two = Holder("two");
        var first = await one.TryAcquireAsync(Deadline);

        var raised = await one.TryRenewAsync(first!.Epoch, Deadline);

        Assert.Equal(new Epoch(first.Epoch.Value + 1), raised!.Epoch);
        Assert.Equal(raised.Epoch, (await one.TryRenewAsync(Deadline))!.Epoch);
        Assert.Equal(new Epoch(100), (await one.TryRenewAsync(new Epoch(99), Deadline))!.Epoch);
        Assert.Null(await two.TryAcquireAsync(Deadline));
    }

    [ContractFact]
    public async Task ASilentHolderLosesItAfterTheDurationByTheObserversClock()
    {
        using var one = Holder("one");
        using var two = Holder("two");
        var first = await one.TryAcquireAsync(Deadline);
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await two.TryAcquireAsync(Deadline));
        Clock.Advance(Duration - TimeSpan.FromSeconds(1));
        Assert.Null(await two.TryAcquireAsync(Deadline));
        Clock.Advance(TimeSpan.FromSeconds(1));

        var second = await two.TryAcquireAsync(Deadline);

        Assert.Equal(first!.Epoch.Value + 1, second!.Epoch.Value);
        Assert.Null(await one.TryRenewAsync(Deadline));
        Assert.Null(await one.TryAcquireAsync(Deadline));
    }

    [ContractFact]
    public async Task AReleasedLeaseIsFreeAtOnceUnderAHigherEpoch()
    {
        using var one = Holder("one");
        using var two = Holder("two");
        var first = await one.TryAcquireAsync(Deadline);

        Assert.True(await one.ReleaseAsync(Deadline));
        Assert.True(await one.ReleaseAsync(Deadline));
        var second = await two.TryAcquireAsync(Deadline);

        Assert.Equal(first!.Epoch.Value + 1, second!.Epoch.Value);
        Assert.True(await one.ReleaseAsync(Deadline));
        Assert.NotNull(await two.TryRenewAsync(Deadline));
        Assert.Null(await one.TryRenewAsync(Deadline));
    }

    [ContractFact]
    public async Task ATermThatEndedIsNotContinuedButBeginsAnewUnderAHigherEpoch()
    {
        using var one = Holder("one");
        var first = await one.TryAcquireAsync(Deadline);
        Clock.Advance(Duration);

        Assert.Null(await one.TryRenewAsync(Deadline));
        var again = await one.TryAcquireAsync(Deadline);

        Assert.Equal(first!.Epoch.Value + 1, again!.Epoch.Value);
    }

    [ContractFact]
    public async Task OfManyWhoAskAtOnceOneGetsIt()
    {
        var holders = Enumerable.Range(0, 8).Select(i => Holder($"racer-{i}")).ToList();
        for (var round = 1; round <= 5; round++)
        {
            // A first look, then the wait: all are free to take it at the same time.
            await Task.WhenAll(holders.Select(holder => holder.TryAcquireAsync(Deadline)));
            await Task.WhenAll(holders.Select(holder => holder.TryAcquireAsync(Deadline)));
            Clock.Advance(Duration);

            var terms = await Task.WhenAll(holders.Select(holder => holder.TryAcquireAsync(Deadline)));

            Assert.Single(terms, term => term is not null);
        }

        holders.ForEach(holder => holder.Dispose());
    }

    [ContractFact]
    public async Task TwoInOneProcessWithOneNameAreTwoHolders()
    {
        using var one = Holder("same");
        using var two = Holder("same");
        Assert.NotNull(await one.TryAcquireAsync(Deadline));

        Assert.Null(await two.TryAcquireAsync(Deadline));
    }

    [ContractFact]
    public async Task CallsThatOverlapAreCarriedOutOneAfterAnother()
    {
        using var one = Holder("one");
        await one.TryAcquireAsync(Deadline);

        var renewals = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => one.TryRenewAsync(Deadline)));

        Assert.All(renewals, Assert.NotNull);
    }

    [ContractFact]
    public async Task ADeletedLeaseIsNotTakenFromItsHolderBeforeItsTime()
    {
        using var one = Holder("one");
        using var two = Holder("two");
        var first = await one.TryAcquireAsync(Deadline);
        Assert.Null(await two.TryAcquireAsync(Deadline));

        await Server.Admin.CoordinationV1.DeleteNamespacedLeaseAsync(Name, Ns, cancellationToken: Deadline);

        Assert.Null(await two.TryAcquireAsync(Deadline));
        Assert.Null(await one.TryRenewAsync(Deadline));
        Clock.Advance(Duration);
        Assert.True((await two.TryAcquireAsync(Deadline))!.Epoch.Value > first!.Epoch.Value);
    }

    [ContractFact]
    public async Task LabelsThatOthersPutOnItStay()
    {
        using var one = Holder("one");
        await one.TryAcquireAsync(Deadline);
        await Server.Admin.CoordinationV1.PatchNamespacedLeaseAsync(
            new V1Patch("""{"metadata":{"labels":{"app":"scheduler"}}}""", V1Patch.PatchType.MergePatch), Name, Ns, cancellationToken: Deadline);

        Assert.NotNull(await one.TryRenewAsync(Deadline));
        Assert.NotNull(await one.TryRenewAsync(Deadline));

        var lease = await Server.Admin.CoordinationV1.ReadNamespacedLeaseAsync(Name, Ns, cancellationToken: Deadline);
        Assert.Equal("scheduler", lease.Metadata.Labels["app"]);
    }

    protected KubernetesLeaseHolder Holder(string name, TimeProvider? clock = null, IKubernetes? client = null) =>
        new(new LeaseOptions { Namespace = Ns, Name = Name, HolderName = name, Duration = Duration }, client ?? Client, clock ?? Clock);
}
