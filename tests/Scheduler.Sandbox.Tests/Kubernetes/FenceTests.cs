using k8s;
using k8s.Models;
using Scheduler.Sandbox.Kubernetes.Faults;

namespace Scheduler.Sandbox.Tests.Kubernetes;

/// <summary>The chart's fence as the sandbox plays it.</summary>
public sealed class FenceTests
{
    [Theory]
    [InlineData("7/1", true)]
    [InlineData("8/1", true)]
    [InlineData("7/9223372036854775807", true)]
    [InlineData("6/99", false)]
    [InlineData("7", false)]
    [InlineData("seven/1", false)]
    [InlineData("-7/1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task OnlyJobsOfAnEpochThatIsNotOverAreCreated(string? grant, bool isCreated)
    {
        await using var api = await StartAsync(transitions: 7);
        var (code, status) = await api.PostAsync(ApiServer.Jobs, KubernetesJson.Serialize(Granted("a", grant)));
        if (isCreated)
        {
            Assert.Equal((201, 0), ((int)code, api.Server.Faults.RefusedByFence));
            return;
        }

        Assert.Equal((403, 1), ((int)code, api.Server.Faults.RefusedByFence));
        Assert.Equal(("Forbidden", "jobs", "a"), ((string?)status["reason"], (string?)status["details"]!["kind"], (string?)status["details"]!["name"]));
        Assert.Equal(
            "jobs.batch \"a\" is forbidden: ValidatingAdmissionPolicy 'sandbox.fence.scheduler.buildkite.com' with binding "
            + "'sandbox.fence.scheduler.buildkite.com' denied request: the grant of this Job is of an epoch that is over",
            (string?)status["message"]);
        Assert.Empty((await api.Client.BatchV1.ListNamespacedJobAsync("default")).Items);
    }

    [Fact]
    public async Task WithoutALeaseNoJobIsCreated()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        api.Server.Faults.Fence = new GrantFence("default", "limiter");

        var (code, status) = await api.PostAsync(ApiServer.Jobs, KubernetesJson.Serialize(Granted("a", "1/1")));

        Assert.Equal((422, "Invalid"), ((int)code, (string?)status["reason"]));
    }

    [Fact]
    public async Task OtherObjectsPass()
    {
        await using var api = await StartAsync(transitions: 7);
        await api.Client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "a" } }, "default");
        Assert.Equal(0, api.Server.Faults.RefusedByFence);
    }

    [Fact]
    public async Task ARequestThatIsHeldBackIsJudgedWhenItArrives()
    {
        await using var api = await StartAsync(transitions: 7);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var held = api.Server.Faults.Add(new FaultRule(new Fault { HeldBack = () => gate.Task }) { Verb = "create", Resource = "jobs" });

        var late = api.PostAsync($"{ApiServer.Jobs}?timeout=1s", KubernetesJson.Serialize(Granted("a", "7/1")));
        await ApiServer.UntilAsync(() => Task.FromResult(held.Hits), hits => hits == 1);
        await SetTransitionsAsync(api, 8);
        gate.SetResult();

        Assert.Equal(403, (int)(await late).Code);
    }

    private static async Task<ApiServer> StartAsync(int transitions)
    {
        var api = await ApiServer.StartPassiveAsync();
        api.Server.Faults.Fence = new GrantFence("default", "limiter");
        await api.Client.CoordinationV1.CreateNamespacedLeaseAsync(
            new V1Lease { Metadata = new V1ObjectMeta { Name = "limiter" }, Spec = new V1LeaseSpec { LeaseTransitions = transitions } }, "default");
        return api;
    }

    private static async Task SetTransitionsAsync(ApiServer api, int transitions)
    {
        var lease = await api.Client.CoordinationV1.ReadNamespacedLeaseAsync("limiter", "default");
        lease.Spec.LeaseTransitions = transitions;
        await api.Client.CoordinationV1.ReplaceNamespacedLeaseAsync(lease, "limiter", "default");
    }

    private static V1Job Granted(string name, string? grant)
    {
        var job = ApiServer.Job(name);
        if (grant is not null)
        {
            job.Metadata.Annotations = new Dictionary<string, string> { ["scheduler.buildkite.com/grant"] = grant };
        }

        return job;
    }
}
