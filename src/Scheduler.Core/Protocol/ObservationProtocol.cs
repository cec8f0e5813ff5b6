using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Core.Protocol;

/// <summary>A fact from the watch about one job's Kubernetes Job.</summary>
/// <param name="Job">The job.</param>
/// <param name="State">What Kubernetes says of it.</param>
/// <param name="Revision">How recent that is; an older fact than one already known changes nothing.</param>
/// <param name="Grant">The grant it was created with, from its annotation; null for Jobs that other programs created.</param>
public sealed record Observed(JobId Job, KubernetesJobState State, Revision Revision, GrantId? Grant) : ICrossesNodes, IAboutJob;

/// <summary>One unfinished Job in a <see cref="Snapshot"/>.</summary>
public readonly record struct UnfinishedJob(JobId Job, Revision Revision, GrantId? Grant);

/// <summary>All unfinished Jobs as of one revision.</summary>
public sealed record Snapshot(ImmutableArray<UnfinishedJob> Unfinished, Revision Revision) : ICrossesNodes;

/// <summary>What a fresh read of one job's Kubernetes Job said.</summary>
/// <param name="Job">The job asked about.</param>
/// <param name="State">What the read said.</param>
/// <param name="Revision">The revision of the Job that was read; <see cref="Revision.None"/> when there is none.</param>
/// <param name="CreatedWith">The grant in the annotation of the Job that was read.</param>
public sealed record Confirmed(JobId Job, KubernetesJobState State, Revision Revision, GrantId? CreatedWith) : IAboutJob;
