using Scheduler.Core.Facts;
using Scheduler.Core.Identity;

namespace Scheduler.Core.Protocol;

/// <summary>
/// K8sWatcher to the job's actor: all that Kubernetes shows of one job now. Told at every change of either object, and again
/// after each list, after a node was removed and on a slow timer, so that an actor that died with its node is revived.
/// </summary>
/// <param name="Job">The job.</param>
/// <param name="KubernetesJob">Its Kubernetes Job; null when there is none (any more).</param>
/// <param name="Pod">The newest pod of it; null when there is none (any more).</param>
public sealed record Seen(JobId Job, JobFact? KubernetesJob, PodFact? Pod) : ICrossesNodes, IAboutJob;
