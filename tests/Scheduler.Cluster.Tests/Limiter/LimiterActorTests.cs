using Akka.Actor;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Limiter;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tests.Limiter;

public sealed class LimiterActorTests : VirtualTimeKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly FakeFacts _kubernetes = new();
    private readonly FakeLease _lease;

    public LimiterActorTests() => _lease = new FakeLease(Time);

    [Fact]
    public async Task ATokenIsGrantedOnceTheLeaseIsHeldAndKubernetesWasRead()
    {
        _kubernetes.ListAnswer = null;
        var limiter = Start(limit: 1);
        limiter.Tell(Take(Job(1)), TestActor);
        await RecoverAsync(limiter);
        await AwaitAssertAsync(() => Assert.NotEmpty(_kubernetes.Lists));
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));

        Assert.True(_kubernetes.Lists.TryDequeue(out var list));
        list.SetResult(new Snapshot([], new Revision(1)));
        Assert.Equal(Job(1), (await ExpectMsgAsync<Granted>()).Job);
    }

    [Fact]
    public async Task WithoutTheLeaseNothingIsGrantedAndTheWaiterIsServedWhenItComes()
    {
        _lease.Available = false;
        var limiter = Start(limit: 1);
        limiter.Tell(Take(Job(1)), TestActor);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        Assert.Equal(1, (await StatusAsync(limiter)).Waiters);

        _lease.Available = true;
        Advance(TimeSpan.FromSeconds(1));
        await RecoverAsync(limiter);
        await ExpectMsgAsync<Granted>();
    }

    [Fact]
    public async Task NothingIsGrantedOnceTheLeaseRanOut()
    {
        var limiter = await StartGrantingAsync(limit: 5);
        _lease.Available = false;
        Advance(_lease.Duration);
        await AwaitAssertAsync(async () => Assert.Equal(LimiterPhase.Acquiring, (await StatusAsync(limiter)).Phase));
        limiter.Tell(Take(Job(1)), TestActor);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task JobsFoundAtTheStartCountEvenBeyondTheLimit()
    {
        _kubernetes.ListAnswer = new Snapshot([Running(1), Running(2)], new Revision(9));
        var limiter = await StartGrantingAsync(limit: 1);
        limiter.Tell(Take(Job(3)), TestActor);
        limiter.Tell(new Observed(Job(1), KubernetesJobState.Finished, new Revision(10), null));
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        limiter.Tell(new Observed(Job(2), KubernetesJobState.Absent, new Revision(11), null));
        Assert.Equal(Job(3), (await ExpectMsgAsync<Granted>()).Job);
    }

    [Fact]
    public async Task TheMostUrgentWaiterIsServedFirst()
    {
        var limiter = await StartGrantingAsync(limit: 1);
        limiter.Tell(Take(Job(1)), TestActor);
        var first = await ExpectMsgAsync<Granted>();
        limiter.Tell(Take(Job(2)), TestActor);
        limiter.Tell(Take(Job(3), priority: 5), TestActor);
        limiter.Tell(new Return(first.Job, first.Grant));
        Assert.Equal(Job(3), (await ExpectMsgAsync<Granted>()).Job);
    }

    [Fact]
    public async Task AnAskThatRanOutOfPatienceIsForgotten()
    {
        var limiter = await StartGrantingAsync(limit: 1);
        limiter.Tell(Take(Job(1)), TestActor);
        var first = await ExpectMsgAsync<Granted>();
        limiter.Tell(Take(Job(2)), TestActor);
        Assert.Equal(1, (await StatusAsync(limiter)).Waiters);
        Advance(Patience);
        await AwaitAssertAsync(async () => Assert.Equal(0, (await StatusAsync(limiter)).Waiters));
        limiter.Tell(new Return(first.Job, first.Grant));
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task AnExpiredGrantIsFreedOnlyAfterKubernetesWasRead()
    {
        var read = new TaskCompletionSource();
        _kubernetes.Readable = read.Task;
        var limiter = await StartGrantingAsync(limit: 1);
        limiter.Tell(Take(Job(1)), TestActor);
        await ExpectMsgAsync<Granted>();
        await ExpireAsync(limiter);
        await AwaitAssertAsync(() => Assert.Contains(Job(1), _kubernetes.Confirmations));
        Assert.Equal(0, (await StatusAsync(limiter)).Free);

        read.SetResult();

        await AwaitAssertAsync(async () => Assert.Equal(1, (await StatusAsync(limiter)).Free));
    }

    [Fact]
    public async Task AnExpiredGrantWhoseJobKubernetesShowsStaysTaken()
    {
        var limiter = await StartGrantingAsync(limit: 1);
        _kubernetes.States[Job(1)] = KubernetesJobState.Unfinished;
        limiter.Tell(Take(Job(1)), TestActor);
        await ExpectMsgAsync<Granted>();
        await ExpireAsync(limiter);
        await AwaitAssertAsync(() => Assert.Contains(Job(1), _kubernetes.Confirmations));

        await AwaitAssertAsync(async () => Assert.True(Assert.Single((await StatusAsync(limiter)).Holders).IsRunning));
    }

    [Fact]
    public async Task AGrantIsClaimedOnce()
    {
        var limiter = await StartGrantingAsync(limit: 1);
        limiter.Tell(Take(Job(1)), TestActor);
        var grant = (await ExpectMsgAsync<Granted>()).Grant;
        limiter.Tell(new Claim(Job(1), grant), TestActor);
        await StatusAsync(limiter);
        Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal(grant, (await ExpectMsgAsync<Granted>()).Grant);
        limiter.Tell(new Claim(Job(1), grant), TestActor);
        Assert.Equal(DenialReason.GrantGone, (await ExpectMsgAsync<Denied>()).Reason);
    }

    [Fact]
    public async Task AHandOverReleasesTheLeaseOnlyWhenNoGrantIsOpen()
    {
        var limiter = await StartGrantingAsync(limit: 2);
        await WatchAsync(limiter);
        limiter.Tell(Take(Job(1)), TestActor);
        var granted = await ExpectMsgAsync<Granted>();
        limiter.Tell(HandOver.Instance);
        limiter.Tell(Take(Job(2)), TestActor);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        Assert.False(_lease.Released);

        limiter.Tell(new Return(granted.Job, granted.Grant));
        Advance(TimeSpan.FromSeconds(1));
        await ExpectTerminatedAsync(limiter);
        Assert.True(_lease.Released);
    }

    [Fact]
    public async Task AHandOverNoticesInAListThatAGrantWasUsed()
    {
        var limiter = await StartGrantingAsync(limit: 2);
        await WatchAsync(limiter);
        limiter.Tell(Take(Job(1)), TestActor);
        var granted = await ExpectMsgAsync<Granted>();
        _kubernetes.ListAnswer = new Snapshot([new UnfinishedJob(Job(1), new Revision(5), granted.Grant)], new Revision(6));
        limiter.Tell(HandOver.Instance);
        await ExpectTerminatedAsync(limiter);
        Assert.True(_lease.Released);
    }

    [Fact]
    public async Task ALoweredLimitGrantsNothingUntilTheCountIsBelowIt()
    {
        var limiter = await StartGrantingAsync(limit: 2);
        limiter.Tell(new Observed(Job(1), KubernetesJobState.Unfinished, new Revision(5), null));
        limiter.Tell(new Observed(Job(2), KubernetesJobState.Unfinished, new Revision(6), null));
        limiter.Tell(new ChangeLimit(1));
        limiter.Tell(Take(Job(3)), TestActor);
        limiter.Tell(new Observed(Job(1), KubernetesJobState.Finished, new Revision(7), null));
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        limiter.Tell(new Observed(Job(2), KubernetesJobState.Finished, new Revision(8), null));
        await ExpectMsgAsync<Granted>();
    }

    /// <summary>The lease is held; a moment later it is renewed, and then Kubernetes is read.</summary>
    private async Task RecoverAsync(IActorRef limiter)
    {
        await AwaitAssertAsync(async () => Assert.Equal(LimiterPhase.Recovering, (await StatusAsync(limiter)).Phase));
        Advance(TimeSpan.FromMilliseconds(500));
    }

    /// <summary>Grants end, the lease is renewed after that, and Kubernetes is looked at a moment later.</summary>
    private async Task ExpireAsync(IActorRef limiter)
    {
        Advance(TimeSpan.FromSeconds(11));
        await AwaitAssertAsync(async () => Assert.True(Assert.Single((await StatusAsync(limiter)).Holders).IsUnconfirmed));
        Advance(TimeSpan.FromSeconds(1));
        await StatusAsync(limiter);
        Advance(TimeSpan.FromMilliseconds(500));
    }

    private IActorRef Start(int limit) => Sys.ActorOf(LimiterActor.Props(
        new LimiterSettings { MaxInFlight = limit }, () => _lease, _kubernetes, Time));

    private async Task<IActorRef> StartGrantingAsync(int limit)
    {
        var limiter = Start(limit);
        await RecoverAsync(limiter);
        await AwaitAssertAsync(async () => Assert.Equal(LimiterPhase.Granting, (await StatusAsync(limiter)).Phase));
        return limiter;
    }

    private static Task<LimiterStatus> StatusAsync(IActorRef limiter) =>
        limiter.Ask<LimiterStatus>(GetLimiterStatus.Instance, TimeSpan.FromSeconds(5));

    private static Take Take(JobId job, int priority = 0) => new(job, priority, DateTimeOffset.UnixEpoch, Patience);

    private static UnfinishedJob Running(int number) => new(Job(number), new Revision(number), null);

    private static JobId Job(int number) => Jobs.Id(number);
}
