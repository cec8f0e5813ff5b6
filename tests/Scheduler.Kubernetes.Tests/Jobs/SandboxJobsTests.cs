using System.Net;
using System.Net.Sockets;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Waiting;

namespace Scheduler.Kubernetes.Tests.Jobs;

public sealed class SandboxJobsTests(SandboxApiServer server) : JobsContract(server), IClassFixture<SandboxApiServer>
{
    private static readonly TimeSpan CreateTimeout = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task AnAnswerLostAfterTheCommitIsAmbiguous()
    {
        var job = TestJob.NewId();
        using var fault = Fail(job.ToString(), Fault.Broken(Breakage.ResetAfterCommit));

        Assert.IsType<CreateOutcome.Ambiguous>(await Jobs().CreateAsync(TestJob.Of(job), CreateTimeout, Deadline));

        Assert.NotNull(await Jobs().ReadAsync(TestJob.NameOf(job), Deadline));
    }

    [Theory]
    [InlineData(Breakage.GarbageBody)]
    [InlineData(Breakage.TruncatedBody)]
    [InlineData(Breakage.ResetBeforeCommit)]
    public async Task AnAnswerThatCannotBeReadIsAmbiguous(Breakage breakage)
    {
        var job = TestJob.NewId();
        using var fault = Fail(job.ToString(), Fault.Broken(breakage));

        Assert.IsType<CreateOutcome.Ambiguous>(await Jobs().CreateAsync(TestJob.Of(job), CreateTimeout, Deadline));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task AServerErrorIsAmbiguous(int code)
    {
        var job = TestJob.NewId();
        using var fault = Fail(job.ToString(), Fault.Status(code));

        Assert.IsType<CreateOutcome.Ambiguous>(await Jobs().CreateAsync(TestJob.Of(job), CreateTimeout, Deadline));
    }

    [Fact]
    public async Task ThrottlingIsRefusedWithTheWaitTheServerAsksFor()
    {
        var job = TestJob.NewId();
        using var fault = Fail(job.ToString(), Fault.Status(429, retryAfterSeconds: 7));

        var refused = Assert.IsType<CreateOutcome.Refused>(await Jobs().CreateAsync(TestJob.Of(job), CreateTimeout, Deadline));

        Assert.Equal(TimeSpan.FromSeconds(7), refused.RetryAfter);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task CreationsWaitAsLongAsAnOverloadedServerAsks(int status)
    {
        var time = new FakeTimeProvider();
        var jobs = new KubernetesJobs(Client, Ns, JobSelector.For(""), time: time);
        var (first, second) = (TestJob.NewId(), TestJob.NewId());
        using (Fail(first.ToString(), Fault.Status(status, retryAfterSeconds: 7)))
        {
            Assert.IsNotType<CreateOutcome.Created>(await jobs.CreateAsync(TestJob.Of(first), CreateTimeout, Deadline));
        }

        var before = server.Server.RequestsOf("create", "jobs");
        var waiting = jobs.CreateAsync(TestJob.Of(second), CreateTimeout, Deadline);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(waiting.IsCompleted);
        Assert.Equal(before, server.Server.RequestsOf("create", "jobs"));

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<CreateOutcome.Created>(await waiting);
    }

    [Fact]
    public async Task ACreationDuringWhoseWaitTheMachineWasSuspendedIsNotSent()
    {
        var time = new FakeTimeProvider();
        var jobs = new KubernetesJobs(Client, Ns, JobSelector.For(""), time: time);
        var (first, second) = (TestJob.NewId(), TestJob.NewId());
        using (Fail(first.ToString(), Fault.Status(429, retryAfterSeconds: 7)))
        {
            Assert.IsNotType<CreateOutcome.Created>(await jobs.CreateAsync(TestJob.Of(first), CreateTimeout, Deadline));
        }

        var before = server.Server.RequestsOf("create", "jobs");
        var waiting = jobs.CreateAsync(TestJob.Of(second), CreateTimeout, Deadline);

        // The monotonic clock stands still meanwhile.
        time.AdjustTime(time.GetUtcNow() + TimeSpan.FromMinutes(1));
        await Eventually.CompletedAsync(waiting, () => time.Advance(TimeSpan.FromSeconds(1)), Deadline);

        Assert.IsType<CreateOutcome.NotSent>(await waiting);
        Assert.Equal(before, server.Server.RequestsOf("create", "jobs"));
    }

    [Fact]
    public async Task ACreationThatWouldHaveToWaitTooLongIsNotSent()
    {
        var jobs = new KubernetesJobs(Client, Ns, JobSelector.For(""), time: new FakeTimeProvider());
        var job = TestJob.NewId();
        using var fault = Fail(job.ToString(), Fault.Status(429, retryAfterSeconds: 3600));
        await jobs.CreateAsync(TestJob.Of(job), CreateTimeout, Deadline);

        var outcome = Assert.IsType<CreateOutcome.NotSent>(await jobs.CreateAsync(TestJob.Of(job), CreateTimeout, Deadline));

        Assert.Contains("asked to be left alone for another 60 s", outcome.Message, StringComparison.Ordinal);
        Assert.Equal(1, fault.Hits);
    }

    [Fact]
    public async Task AServerThatIsTooSlowCommitsNothingLater()
    {
        // Long enough that the request is on its way in its share of the time on a busy machine too.
        var timeout = TimeSpan.FromSeconds(6);
        var job = TestJob.NewId();
        using var fault = Fail(job.ToString(), new Fault { DelayBeforeCommit = timeout + TimeSpan.FromSeconds(2) });

        Assert.IsType<CreateOutcome.Ambiguous>(await Jobs().CreateAsync(TestJob.Of(job), timeout, Deadline));

        using var longEnough = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        while (!longEnough.IsCancellationRequested)
        {
            Assert.Null(await Jobs().ReadAsync(TestJob.NameOf(job), Deadline));
            await Task.Delay(100, Deadline);
        }
    }

    [Fact]
    public async Task ARefusedConnectionMeansThatNothingWasSent()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();
        using var client = KubernetesConnection.Connect(new KubernetesClientConfiguration { Host = $"http://127.0.0.1:{port}" });

        var outcome = await new KubernetesJobs(client, Ns, JobSelector.For("")).CreateAsync(TestJob.Of(TestJob.NewId()), CreateTimeout, Deadline);

        Assert.IsType<CreateOutcome.NotSent>(outcome);
    }

    [Fact]
    public async Task AServerThatTakesTheRequestAndSaysNothingIsAmbiguousSoonAfterTheTimeout()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        using var client = KubernetesConnection.Connect(new KubernetesClientConfiguration { Host = $"http://{mute.LocalEndpoint}" });
        var begun = TimeProvider.System.GetTimestamp();

        var outcome = await new KubernetesJobs(client, Ns, JobSelector.For("")).CreateAsync(TestJob.Of(TestJob.NewId()), TimeSpan.FromSeconds(5), Deadline);

        Assert.IsType<CreateOutcome.Ambiguous>(outcome);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WithoutAPermitOfTheRateLimiterNothingIsSent()
    {
        using var limiter = ClientRateLimit.Create(callsPerSecond: 1, burst: 1);
        var jobs = new KubernetesJobs(Client, Ns, JobSelector.For(""), limiter);
        var (first, second) = (TestJob.NewId(), TestJob.NewId());
        var before = server.Server.RequestsOf("create", "jobs");

        Assert.IsType<CreateOutcome.Created>(await jobs.CreateAsync(TestJob.Of(first), CreateTimeout, Deadline));
        Assert.IsType<CreateOutcome.NotSent>(await jobs.CreateAsync(TestJob.Of(second), TimeSpan.FromMilliseconds(50), Deadline));

        Assert.Equal(1, server.Server.RequestsOf("create", "jobs") - before);
    }

    [Fact]
    public async Task ACancelledCreateEndsAsCancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Jobs().CreateAsync(TestJob.Of(TestJob.NewId()), CreateTimeout, cancelled.Token));
    }

    [Fact]
    public async Task AJobOfAnEpochThatIsOverIsRefusedAndNotRejected()
    {
        // TestJob's grants are of epoch 3.
        await Client.CoordinationV1.CreateNamespacedLeaseAsync(
            new V1Lease { Metadata = new V1ObjectMeta { Name = "fenced" }, Spec = new V1LeaseSpec { LeaseTransitions = 4 } }, Ns, cancellationToken: Deadline);
        server.Server.Faults.Fence = new GrantFence(Ns, "fenced");
        try
        {
            var job = TestJob.NewId();
            var refused = Assert.IsType<CreateOutcome.Refused>(await Jobs().CreateAsync(TestJob.Of(job), CreateTimeout, Deadline));
            Assert.Contains("of an epoch that is over", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Role must allow", refused.Message, StringComparison.Ordinal);
            Assert.Null(await Jobs().ReadAsync(TestJob.NameOf(job), Deadline));
        }
        finally
        {
            server.Server.Faults.Fence = null;
        }
    }

    private ActiveFault Fail(string name, Fault fault) =>
        server.Server.Faults.Add(new FaultRule(fault) { Verb = "create", Resource = "jobs", NamePattern = name });
}
