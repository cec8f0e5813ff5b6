using Scheduler.CommandLine;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Demo;

/// <summary>Serves the sandbox until interrupted.</summary>
internal static class SandboxRun
{
    public static async Task<int> RunAsync(SandboxOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        await using var world = await SandboxWorld.StartAsync(options, cancellationToken);
        if (options.Jobs > 0)
        {
            await world.Buildkite.EnqueueManyAsync(options.Jobs, new NewJob(), cancellationToken);
        }

        await output.LineAsync($"buildkite   {world.Buildkite.Endpoint}  (agent token {world.Buildkite.Token})");
        await output.LineAsync($"kubernetes  {world.Kubernetes.Endpoint}");
        await output.LineAsync($"kubeconfig  {world.Kubeconfig}");
        await output.LineAsync($"jobs        {options.Jobs} waiting in the default queue; Ctrl-C ends");
        await output.FlushAsync(cancellationToken);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Interrupted, as asked for.
        }

        return ExitCode.Success;
    }
}
