using Scheduler.Buildkite;
using Scheduler.CommandLine;
using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Options;
using Scheduler.Running;

namespace Scheduler.Deregistering;

/// <summary><c>scheduler deregister</c>: gives the stack key back, of which an organization has only so many.</summary>
internal static class DeregisterRun
{
    public static async Task<int> RunAsync(
        ConfigurationResult configuration, DeregisterOptions options, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (configuration.Values is { } values)
        {
            await errors.LineAsync(values.ToString());
        }

        if (configuration.Options is not { } controller)
        {
            await errors.LinesAsync(string.Join('\n', configuration.Problems));
            return ExitCode.Failure;
        }

        if (Unsaid(configuration) is { } unsaid)
        {
            await errors.LineAsync(unsaid);
            return ExitCode.Failure;
        }

        try
        {
            await output.LineAsync(await DeregisterAsync(controller, options, cancellationToken));
            return ExitCode.Success;
        }
        catch (Exception error) when (error is InvalidOperationException or HttpRequestException or StacksApiException or ArgumentException)
        {
            await errors.LineAsync(error.Message);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.LineAsync("interrupted; whether the stack is deregistered is not known");
            return ExitCode.Failure;
        }
    }

    /// <summary>Of a values file it is not known which stack is meant, and another one is not to be hit.</summary>
    private static string? Unsaid(ConfigurationResult configuration) => configuration.Values is { OfTheRelease: { IsEmpty: false } keys }
        ? $"the release decides {string.Join(", ", keys)}; say --namespace NAMESPACE --id FULLNAME of the one that is meant"
        : null;

    private static async Task<string> DeregisterAsync(ControllerOptions controller, DeregisterOptions options, CancellationToken cancellationToken)
    {
        using var kubernetes = KubernetesConnection.Connect(options.Kubeconfig);
        var token = await Patience.WithinAsync(
            options.Timeout, TimeProvider.System, ct => AgentToken.ReadAsync(kubernetes, controller, ct), cancellationToken);
        if (!options.Force)
        {
            var lease = ClusterWiring.LimiterLease(controller, "scheduler-deregister");
            await EnsureNobodyRunsAsync(new LimiterLook(kubernetes, lease, options.Timeout, TimeProvider.System), cancellationToken);
        }

        var stack = StackNames.Registration(controller);
        stack.Validate();
        using var api = StacksClient.Create(StackNames.Client(controller, token) with { HttpTimeout = options.Timeout });
        try
        {
            return await api.Open(new StackRegistration(stack.Key, stack.QueueKey, stack.QueueKey)).DeregisterAsync(cancellationToken)
                ? $"deregistered: the stack {stack.Key} no longer counts against the organization's limit; scheduler run registers it again"
                : $"nothing to do: the stack {stack.Key} is not registered";
        }
        catch (StacksApiException error) when (error.Kind == StacksErrorKind.Unauthorized)
        {
            throw new InvalidOperationException("Buildkite rejects the agent token (401); put a valid cluster token into the secret", error);
        }
    }

    /// <exception cref="InvalidOperationException">Somebody does, or nobody can tell.</exception>
    private static async Task EnsureNobodyRunsAsync(LimiterLook look, CancellationToken cancellationToken)
    {
        string? holder;
        try
        {
            holder = await look.HolderAsync(cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw new InvalidOperationException(
                $"refused: whether the controller still runs cannot be told by the lease {look.Name}: {error.Message}; mend that, or use --force", error);
        }

        if (holder is not null)
        {
            throw new InvalidOperationException(
                $"refused: the controller still runs ({holder} renews the lease {look.Name}); scale its StatefulSet to 0 first. "
                + "With --force it is deregistered all the same, and registers itself again at its next poll");
        }
    }
}

/// <summary>How to deregister.</summary>
/// <param name="Kubeconfig">Path of a kubeconfig; null = as the controller finds it.</param>
/// <param name="Timeout">How long each call may take.</param>
/// <param name="Force">Without looking whether the controller runs.</param>
internal sealed record DeregisterOptions(string? Kubeconfig, TimeSpan Timeout, bool Force);
