namespace Scheduler.Sandbox.Kubelet.Agents;

/// <summary>
/// Plays the Buildkite agent of a pod over HTTP: register, acquire, start, work, finish, disconnect (stacks-api.md §17). The job's own
/// environment can steer it too: <c>SANDBOX_DURATION</c> and <c>SANDBOX_EXIT_STATUS</c>.
/// </summary>
public sealed class BuildkiteAgentWorkload : IPodWorkload, IDisposable
{
    private const string AgentContainer = "agent";

    /// <summary>What the agent exits with when the job is already taken or over.</summary>
    private const int AcquireRefused = 27;

    private readonly KubeletOptions _options;
    private readonly HttpClient _http;

    public BuildkiteAgentWorkload(KubeletOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler { UseCookies = false, UseProxy = false, MaxConnectionsPerServer = 64 };
        _http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(60) };
    }

    public async Task<PodOutcome> RunAsync(PodRun run, CancellationToken interrupted)
    {
        if (!run.Pod.Spec.Containers.Any(container => container.Name == AgentContainer))
        {
            // Somebody else's pod, made with kubectl say: there is nothing to talk to Buildkite about.
            await Task.Delay(run.Plan.Duration ?? _options.JobDuration, _options.Time, run.Killed);
            return PodOutcome.Success;
        }

        var order = AgentOrder.Of(run.Pod, _options);
        if (order is null || run.Plan.Behaviour == PodBehaviour.AgentCrash)
        {
            return NotConnected(1);
        }

        var api = new AgentApi(_http, order.Endpoint, _options.Time);
        if (await api.RegisterAsync(order, run.Killed) is not { } agent)
        {
            return GaveUp(order, "register was refused", 1);
        }

        var (status, job) = await api.AcquireAsync(agent, order.Job, run.Killed);
        if (job is null)
        {
            await api.DisconnectAsync(agent, run.Killed);
            return GaveUp(order, $"acquire was answered {status}", status == 422 ? AcquireRefused : 0);
        }

        PodOutcome outcome;
        if (await api.StartAsync(job, run.Killed))
        {
            var result = await new AgentWork(api, agent, job, run, _options).RunAsync(interrupted);
            await api.FinishAsync(job, result, run.Killed);
            outcome = Outcome(run, result);
        }
        else
        {
            outcome = GaveUp(order, "start was refused", 0);
        }

        await api.DisconnectAsync(agent, run.Killed);
        return outcome;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The other containers wait for the agent's socket in vain and fail.</summary>
    private static PodOutcome NotConnected(int agentExit) => PodOutcome.Failed(AgentContainer, agentExit) with { ExitCode = 1 };

    private PodOutcome GaveUp(AgentOrder order, string reason, int agentExit)
    {
        KubeletLog.AgentGaveUp(_options.Logger, order.Job, reason);
        return NotConnected(agentExit);
    }

    /// <summary>The agent container itself ends with 0 whatever became of the job (stacks-api.md §17.5).</summary>
    private static PodOutcome Outcome(PodRun run, AgentResult result)
    {
        var container = run.StuckContainer ?? run.Plan.Container ??
            run.Pod.Spec.Containers.FirstOrDefault(one => one.Name is not (AgentContainer or "checkout"))?.Name ?? AgentContainer;
        var outcome = result.ContainerExit == 0 ? PodOutcome.Success : PodOutcome.Failed(container, result.ContainerExit);
        return outcome with { OutOfMemory = run.Plan.Behaviour == PodBehaviour.OutOfMemory ? container : null };
    }
}
