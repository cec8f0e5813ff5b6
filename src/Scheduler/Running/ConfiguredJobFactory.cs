using System.Collections.Immutable;
using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.Logging;
using Scheduler.Cluster.Launching;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods;
using Scheduler.Kubernetes.Pods.Plugin;

namespace Scheduler.Running;

/// <summary>The pod builder with what it needs from Kubernetes: the pod template a job may name.</summary>
internal sealed partial class ConfiguredJobFactory(IKubernetes client, ControllerOptions options, string version, ILogger logger) : IJobFactory
{
    private readonly JobBuilder _builder = new(options, version);

    public string NameOf(JobId job) => _builder.NameOf(job);

    public async Task<BuiltJob> BuildAsync(BuildkiteJob job, Run run, CancellationToken cancellationToken)
    {
        switch (_builder.Parse(job))
        {
            case PluginResult.Parsed parsed:
                Warn(job.Id, parsed.Warnings);
                var (template, problem) = await TemplateAsync(parsed.Plugin?.WantedPodTemplate, cancellationToken);
                var built = problem is null ? Build(job, run, parsed.Plugin, template) : new BuiltJob(null, problem);
                return built with { Warnings = [.. parsed.Warnings, .. built.Warnings] };
            case PluginResult.Failed failed:
                return new BuiltJob(null, failed.Message);
            default:
                throw new InvalidOperationException("the plugin parser answered neither success nor failure");
        }
    }

    private BuiltJob Build(BuildkiteJob job, Run run, KubernetesPlugin? plugin, V1PodTemplate? template)
    {
        var result = _builder.Build(new BuildInput(job, run.Priority, run.AgentQueryRules, plugin, template, run.Grant));
        Warn(job.Id, result.Warnings);
        return result switch
        {
            BuildResult.Built built => new BuiltJob(built.Job, null) { Warnings = built.Warnings },
            BuildResult.Failed failed => new BuiltJob(null, failed.Message) { Warnings = failed.Warnings },
            _ => throw new InvalidOperationException("the pod builder answered neither success nor failure"),
        };
    }

    /// <exception cref="HttpRequestException">The template cannot be read now, which does not mean that the job is wrong.</exception>
    private async Task<(V1PodTemplate? Template, string? Problem)> TemplateAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            return (null, null);
        }

        try
        {
            return (await client.CoreV1.ReadNamespacedPodTemplateAsync(name, options.Namespace, cancellationToken: cancellationToken), null);
        }
        catch (HttpOperationException error) when (error.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return (null, JobBuilder.PodTemplateProblem(name, ApiFailure.Describe(error, "get", "podtemplates")));
        }
        catch (HttpOperationException error)
        {
            throw new HttpRequestException(ApiFailure.Describe(error, "get", "podtemplates"), error);
        }
    }

    private void Warn(JobId job, ImmutableArray<string> warnings)
    {
        foreach (var warning in warnings)
        {
            LogWarning(logger, warning, job);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Warning} job-uuid={JobUuid}")]
    private static partial void LogWarning(ILogger logger, string warning, JobId jobUuid);
}
