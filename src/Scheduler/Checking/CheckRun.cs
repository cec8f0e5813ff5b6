using Scheduler.CommandLine;
using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Options;
using Scheduler.Running;

namespace Scheduler.Checking;

/// <summary><c>scheduler check</c> from the configuration to the exit code.</summary>
internal static class CheckRun
{
    public static async Task<int> RunAsync(
        ConfigurationResult configuration, CheckOptions options, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            var report = await ReportAsync(configuration, options, cancellationToken);
            await CheckView.PrintAsync(report, options.Json, output);
            return report.Ok ? ExitCode.Success : ExitCode.Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.LineAsync("interrupted before everything was checked");
            return ExitCode.Failure;
        }
    }

    private static async Task<CheckReport> ReportAsync(ConfigurationResult configuration, CheckOptions options, CancellationToken cancellationToken)
    {
        var findings = new CheckFindings();
        File(configuration.Values, findings);
        Configuration(configuration, findings);
        if (configuration.Options is not { } controller)
        {
            return new CheckReport(findings.Lines, []);
        }

        NodeChecks.Run(controller, options.InPod, findings);
        var (token, unfinished) = await KubernetesAsync(controller, options, findings, cancellationToken);
        var waiting = token is null ? null : await new BuildkiteChecks(controller, options.Timeout, findings).RunAsync(token, cancellationToken);
        if (token is null)
        {
            findings.Warn("buildkite", "unchecked, since there is no token to ask with");
        }

        return new CheckReport(findings.Lines, CheckPlan.Of(controller, unfinished, waiting));
    }

    /// <summary>Of a values file, some of what matters is the release's.</summary>
    private static void File(ValuesNote? values, CheckFindings findings)
    {
        if (values is null)
        {
            return;
        }

        findings.Ok("file", values.ToString());
        if (!values.OfTheRelease.IsEmpty)
        {
            findings.Warn(
                "file",
                $"the release decides {string.Join(", ", values.OfTheRelease)}, and nobody has said what they are: the program's defaults are checked",
                "say --namespace NAMESPACE --id FULLNAME of the release; the full name is fullnameOverride, else the release's name if agent-stack-k8s "
                + "is part of it, else RELEASE-agent-stack-k8s");
        }
    }

    private static void Configuration(ConfigurationResult configuration, CheckFindings findings)
    {
        foreach (var problem in configuration.Problems)
        {
            findings.Fail("configuration", problem.Problem, Remedy(problem));
        }

        foreach (var warning in configuration.Warnings)
        {
            findings.Warn("configuration", warning.Problem, Remedy(warning));
        }

        if (configuration.Problems.IsEmpty)
        {
            findings.Ok("configuration", "valid");
        }
        else
        {
            findings.Warn("kubernetes and buildkite", "unchecked, since the configuration cannot be used");
        }
    }

    private static string Remedy(ConfigurationProblem problem) =>
        problem.Source == ConfigurationSource.Default ? problem.Remedy : $"{problem.Remedy} ({problem.Origin})";

    private static async Task<(string? Token, int? UnfinishedJobs)> KubernetesAsync(
        ControllerOptions controller, CheckOptions options, CheckFindings findings, CancellationToken cancellationToken)
    {
        try
        {
            using var client = KubernetesConnection.Connect(options.Kubeconfig);
            foreach (var exposed in PlainHttp.Exposed(client.BaseUri, Environment.GetEnvironmentVariable))
            {
                findings.Warn("plain http", exposed.Finding, exposed.Remedy);
            }

            await new NodeTlsChecks(controller, options.Timeout, options.InPod, findings).RunAsync(client, cancellationToken);
            return await new KubernetesChecks(controller, client, options.Timeout, findings).RunAsync(cancellationToken);
        }
        catch (InvalidOperationException error)
        {
            findings.Fail("kubernetes", error.Message, "say which cluster is meant");
            await new NodeTlsChecks(controller, options.Timeout, options.InPod, findings).RunAsync(client: null, cancellationToken);
            return (null, null);
        }
    }
}

/// <summary>How to check.</summary>
/// <param name="Kubeconfig">Path of a kubeconfig; null = as the controller finds it.</param>
/// <param name="Timeout">How long each call may take.</param>
/// <param name="Json">One JSON document instead of lines.</param>
internal sealed record CheckOptions(string? Kubeconfig, TimeSpan Timeout, bool Json)
{
    /// <summary>It runs where the controller runs, so that all it needs must be there.</summary>
    public bool InPod { get; init; }
}
