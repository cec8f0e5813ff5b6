using Microsoft.Extensions.Hosting;
using Scheduler.Cluster.Hosting;
using Scheduler.CommandLine;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.Running;

/// <summary>The controller from configuration to exit code.</summary>
internal static class ControllerRun
{
    public static async Task<int> RunAsync(ConfigurationResult configuration, TextWriter errors, CancellationToken cancellationToken)
    {
        foreach (var problem in configuration.Problems.Concat(configuration.Warnings))
        {
            await errors.WriteLineAsync(problem.ToString());
        }

        if (configuration.Options is not { } options)
        {
            return ExitCode.Failure;
        }

        try
        {
            using var host = await ControllerHost.StartAsync(options, new NodeAddress(), kubeconfig: null, cancellationToken);
            await host.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Success;
        }
        catch (StartUpException error)
        {
            await errors.WriteLineAsync(error.Message);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Interrupted before the start was complete.
            return ExitCode.Success;
        }
    }
}
