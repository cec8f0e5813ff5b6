using Microsoft.Extensions.Hosting;
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
            await errors.LineAsync(problem.ToString());
        }

        if (configuration.Options is not { } options)
        {
            return ExitCode.Failure;
        }

        try
        {
            var address = ClusterWiring.Address(options);
            await using var turn = new RenewalTurn();
            while (!cancellationToken.IsCancellationRequested)
            {
                // A node that the cluster removed, or that is to have another certificate, ends by itself, and comes back as a new one.
                using var host = await ControllerHost.StartAsync(options, address, kubeconfig: null, cancellationToken, turn);
                await host.WaitForShutdownAsync(cancellationToken);
            }

            return ExitCode.Success;
        }
        catch (Exception error) when (error is StartUpException or InvalidOperationException)
        {
            await errors.LineAsync(error.Message);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Interrupted before the start was complete.
            return ExitCode.Success;
        }
    }
}
