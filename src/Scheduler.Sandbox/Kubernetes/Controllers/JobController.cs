using System.Text.Json;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;
using Scheduler.Sandbox.Kubernetes.Tables;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>
/// Makes pods for Jobs and Jobs' status from pods, and deletes finished Jobs whose time to live is over. Keyed by the uid of
/// the Job, as a name may be used again.
/// </summary>
internal sealed class JobController(ObjectStore store, PodFactory pods, EventRecorder events, TimeProvider time)
    : Controller<string>(store, time)
{
    private static readonly TimeSpan RetryCreation = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, TrackedJob> _jobs = new(StringComparer.Ordinal);

    public override void Observe(Change change)
    {
        var item = change.After;
        if (item.Type == ResourceCatalog.Jobs)
        {
            if (change.IsRemoval)
            {
                _jobs.Remove(item.Meta.Uid);
                return;
            }

            _jobs.TryAdd(item.Meta.Uid, new TrackedJob(item.Key, item.Meta.Uid));
            Queue.Add(item.Meta.Uid);
        }
        else if (item.Type == ResourceCatalog.Pods && item.Meta.ControllingOwner is { Kind: "Job" } owner
            && _jobs.TryGetValue(owner.Uid, out var job))
        {
            job.Learn(TrackedPod.Of(item, change.IsRemoval));
            Queue.Add(owner.Uid);
        }
    }

    protected override async Task ReconcileAsync(string key, CancellationToken ct)
    {
        if (!_jobs.TryGetValue(key, out var tracked) || Store.Current.Find(tracked.Key) is not { } job || job.Meta.Uid != key
            || job.Meta.Deleted is not null)
        {
            return;
        }

        if (JobConditions.IsFinished(job))
        {
            await ExpireAsync(job, ct);
            return;
        }

        var plan = JobPlan.For(job, tracked.Tally, Now);
        if (plan.StopPods)
        {
            await StopPodsAsync(tracked, plan, ct);
        }

        if (plan.Create > 0 && MissingAccount(job) is { } account)
        {
            plan = plan with { Create = 0, LookAgainAt = plan.LookAgainAt < Now + RetryCreation ? plan.LookAgainAt : Now + RetryCreation };
            await events.RecordAsync(
                job,
                "Warning",
                "FailedCreate",
                $"Error creating: pods \"{job.Meta.Name}-\" is forbidden: error looking up service account "
                    + $"{job.Meta.Namespace}/{account}: serviceaccount \"{account}\" not found",
                ct);
        }

        for (var i = 0; i < plan.Create; i++)
        {
            var pod = await pods.CreateAsync(job, ct);
            tracked.Learn(TrackedPod.Of(pod, isRemoval: false));
            await events.RecordAsync(job, "Normal", "SuccessfulCreate", $"Created pod: {pod.Meta.Name}", ct);
        }

        await UpdateStatusAsync(job, plan, tracked.Tally, ct);
        if (plan.LookAgainAt is { } due)
        {
            Queue.AddAt(key, due);
        }
    }

    /// <summary>The account that its pods are to have and nobody made; every namespace counts as having the default one.</summary>
    private string? MissingAccount(KubeObject job) =>
        job.TextAt(KubeObject.Spec, JobRules.Template, KubeObject.Spec, "serviceAccountName") is { Length: > 0 } account and not "default"
        && Store.Current.Find(new ObjectKey(ResourceCatalog.ServiceAccounts, job.Meta.Namespace, account)) is null
            ? account
            : null;

    private async Task StopPodsAsync(TrackedJob tracked, JobPlan plan, CancellationToken ct)
    {
        foreach (var pod in tracked.ActivePods.ToArray())
        {
            await Removal.DeleteAsync(Store, new ObjectKey(ResourceCatalog.Pods, tracked.Key.Namespace, pod.Name), pod.Uid, "Background", Now, ct);
            if (plan.IsSuspended)
            {
                tracked.Forget(pod);
            }
            else
            {
                tracked.Learn(pod with { Fate = PodFate.Failed });
            }
        }
    }

    private async Task UpdateStatusAsync(KubeObject job, JobPlan plan, PodTally tally, CancellationToken ct)
    {
        var isChanged = false;
        await Store.WriteAsync(
            job.Key,
            stored =>
            {
                if (stored is null || stored.Meta.Uid != job.Meta.Uid || JobConditions.IsFinished(stored))
                {
                    return Decision.Keep;
                }

                var updated = stored.With(KubeObject.Status, JobStatus.Next(stored, plan, tally, Now));
                isChanged = !JsonElement.DeepEquals(updated.At(KubeObject.Status), stored.At(KubeObject.Status));
                return isChanged ? Decision.Put(updated) : Decision.Keep;
            },
            ct);
        if (isChanged && plan.Outcome == JobConditions.Complete)
        {
            await events.RecordAsync(job, "Normal", "Completed", "Job completed", ct);
        }
        else if (isChanged && plan.Outcome == JobConditions.Failed)
        {
            await events.RecordAsync(job, "Warning", plan.Reason, plan.Message, ct);
        }
        else if (isChanged && plan.IsSuspended && !JobConditions.IsTrue(job, JobConditions.Suspended))
        {
            await events.RecordAsync(job, "Normal", "Suspended", plan.Message, ct);
        }
    }

    private async Task ExpireAsync(KubeObject job, CancellationToken ct)
    {
        if (job.NumberAt(KubeObject.Spec, "ttlSecondsAfterFinished") is not { } seconds)
        {
            return;
        }

        var condition = JobConditions.Find(job, JobConditions.Complete) ?? JobConditions.Find(job, JobConditions.Failed);
        var finished = AgeText.Time(JobConditions.Text(condition!.Value, "lastTransitionTime")) ?? Now;
        var due = finished.AddSeconds(seconds);
        if (due > Now)
        {
            Queue.AddAt(job.Meta.Uid, due);
            return;
        }

        await Removal.DeleteAsync(Store, job.Key, job.Meta.Uid, "Foreground", Now, ct);
    }
}
