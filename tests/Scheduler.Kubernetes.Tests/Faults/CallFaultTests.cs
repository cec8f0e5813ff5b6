using System.Net;
using System.Net.Sockets;
using k8s;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Tests.Connection;
using Scheduler.Kubernetes.Tests.Jobs;
using Scheduler.Kubernetes.Tests.Watching;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Waiting;

namespace Scheduler.Kubernetes.Tests.Faults;

/// <summary>Whatever goes wrong with a call, its caller gets one kind of exception, soon; creations have tests of their own.</summary>
public sealed class CallFaultTests(SandboxApiServer server)
    : ApiServerTests(server, TimeSpan.FromMinutes(2)), IClassFixture<SandboxApiServer>
{
    private readonly FakeTimeProvider _time = new();

    public static TheoryData<string> Calls => [.. FaultyCall.All.Keys];

    public static TheoryData<string> Readings => [.. FaultyCall.All.Where(call => call.Value.Verb != "watch").Select(call => call.Key)];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task AServerErrorIsToldByItsCode(string name)
    {
        using var fault = Arm(name, Fault.Status(500));

        Assert.Equal(HttpStatusCode.InternalServerError, (await Assert.ThrowsAsync<ApiException>(() => RunAsync(name))).Status);
        Assert.Equal(1, fault.Hits);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task ThrottlingIsToldWithTheWaitAskedFor(string name)
    {
        using var fault = Arm(name, Fault.Status(429, retryAfterSeconds: 7));

        var error = await Assert.ThrowsAsync<ApiException>(() => RunAsync(name));

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), (error.Status, error.RetryAfter));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task AResetConnectionIsAnHttpError(string name)
    {
        using var fault = Arm(name, Fault.Broken(Breakage.ResetBeforeCommit));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => RunAsync(name));
        Assert.Equal(1, fault.Hits);
    }

    [Theory]
    [MemberData(nameof(Readings))]
    public async Task HalfAnAnswerIsAnHttpErrorWhereverTheAnswerMatters(string name)
    {
        using var fault = Arm(name, Fault.Broken(Breakage.TruncatedBody));

        var error = await Record.ExceptionAsync(() => RunAsync(name));

        Assert.Equal(1, fault.Hits);
        Assert.True(FaultyCall.All[name].ReadsAnswer ? error is HttpRequestException : error is null or HttpRequestException, $"{error}");
    }

    [Theory]
    [MemberData(nameof(Readings))]
    public async Task AnAnswerThatIsNoJsonIsAnHttpErrorWhereverTheAnswerMatters(string name)
    {
        using var fault = Arm(name, Fault.Broken(Breakage.GarbageBody));

        var error = await Record.ExceptionAsync(() => RunAsync(name));

        Assert.True(FaultyCall.All[name].ReadsAnswer ? error is HttpRequestException : error is null, $"{error}");
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task ARefusedConnectionIsAnHttpError(string name)
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var endpoint = unused.LocalEndpoint;
        unused.Stop();
        using var client = KubernetesConnection.Connect(new KubernetesClientConfiguration { Host = $"http://{endpoint}" });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => FaultyCall.All[name].RunAsync(Nowhere(client), Deadline));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task AServerThatNeverAnswersIsGivenUp(string name)
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        using var client = KubernetesConnection.Connect(new KubernetesClientConfiguration { Host = $"http://{mute.LocalEndpoint}" });

        var call = FaultyCall.All[name].RunAsync(Nowhere(client), Deadline);
        await Eventually.CompletedAsync(call, () => _time.Advance(TimeSpan.FromSeconds(5)), Deadline);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => call);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task CancellationIsCancellation(string name)
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        using var client = KubernetesConnection.Connect(new KubernetesClientConfiguration { Host = $"http://{mute.LocalEndpoint}" });
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Deadline);

        var call = FaultyCall.All[name].RunAsync(Nowhere(client), cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private ActiveFault Arm(string name, Fault fault)
    {
        var call = FaultyCall.All[name];
        return server.Server.Faults.Add(new FaultRule(fault) { Verb = call.Verb, Resource = call.Resource });
    }

    private async Task RunAsync(string name)
    {
        var made = TestJob.Of(TestJob.NewId());
        var job = await Server.Admin.BatchV1.CreateNamespacedJobAsync(made, Ns, cancellationToken: Deadline);
        var pod = await Server.Admin.CoreV1.CreateNamespacedPodAsync(TestPod.Of(TestJob.NewId()), Ns, cancellationToken: Deadline);
        var place = new Place(Client, Ns, job.Metadata.Name, job.Metadata.Uid, pod.Metadata.Name, pod.Metadata.Uid, _time);
        await FaultyCall.All[name].RunAsync(place, Deadline);
    }

    private Place Nowhere(k8s.Kubernetes client) => new(client, Ns, "job", "uid", "pod", "uid", _time);
}
