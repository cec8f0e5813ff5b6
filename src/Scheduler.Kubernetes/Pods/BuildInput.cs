using System.Collections.Immutable;
using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Pods.Plugin;

namespace Scheduler.Kubernetes.Pods;

/// <summary>Everything <see cref="JobBuilder.Build"/> needs to know of one job. It changes none of it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Priority">Buildkite's priority; becomes an annotation.</param>
/// <param name="AgentQueryRules">The tags the job asks for.</param>
/// <param name="Plugin">What <see cref="JobBuilder.Parse"/> found; null = no plugin.</param>
/// <param name="PodTemplate">
/// The template named by <see cref="KubernetesPlugin.WantedPodTemplate"/>; null = not asked for, or not there.
/// </param>
/// <param name="Grant">Becomes an annotation of the Job; null = none.</param>
public sealed record BuildInput(
    BuildkiteJob Job,
    int Priority,
    ImmutableArray<string> AgentQueryRules,
    KubernetesPlugin? Plugin = null,
    V1PodTemplate? PodTemplate = null,
    GrantId? Grant = null);
