using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Serving;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>Makes the pods of Jobs. For one thread, as its names come from a seeded source.</summary>
internal sealed class PodFactory(ObjectStore store, int seed, TimeProvider time)
{
    private const int BaseLimit = 58;
    private const int Attempts = 10;

    // Reproducible names, not secrets.
#pragma warning disable CA5394
    private readonly Random _random = new(seed);
#pragma warning restore CA5394

    /// <exception cref="ApiError">No name is free.</exception>
    public async Task<KubeObject> CreateAsync(KubeObject job, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var pod = Make(job);
            var isTaken = false;
            var stored = await store.WriteAsync(
                pod.Key,
                existing =>
                {
                    isTaken = existing is not null;
                    return isTaken ? Decision.Keep : Decision.Put(pod);
                },
                ct);
            if (!isTaken)
            {
                return stored!;
            }

            if (attempt == Attempts)
            {
                throw ApiError.AlreadyExists(ResourceCatalog.Pods, pod.Meta.Name);
            }
        }
    }

    // The template was checked and given its defaults with the Job, so that is not done once more.
    private KubeObject Make(KubeObject job)
    {
        var template = job.At(KubeObject.Spec, JobRules.Template);
        var spec = template.TryGetProperty(KubeObject.Spec, out var given) ? JsonObject.Create(given)! : [];
        var metadata = template.TryGetProperty("metadata", out var described) ? JsonObject.Create(described)! : [];
        var prefix = $"{job.Meta.Name}-";
        var meta = new ObjectMeta
        {
            Name = string.Concat(prefix.AsSpan(0, Math.Min(prefix.Length, BaseLimit)), Suffix()),
            GenerateName = prefix,
            Labels = ManifestReader.ReadEntries(metadata, "labels"),
            Annotations = ManifestReader.ReadEntries(metadata, "annotations"),
            Owners = [new OwnerReference(job.Type.ApiVersion, job.Type.Kind, job.Meta.Name, job.Meta.Uid, true, true)],
        };
        PodRules.SetDefaultsBeyondTemplate(spec);
        var draft = new Draft(ResourceCatalog.Pods, meta, new JsonObject { [KubeObject.Spec] = spec });
        Admission.SetSystemFields(draft, job.Meta.Namespace, time.GetUtcNow());
        draft.Type.Rules.PrepareCreate(draft);
        return draft.Freeze();
    }

    private string Suffix() => string.Create(5, _random, (text, random) =>
    {
        foreach (ref var letter in text)
        {
            letter = Admission.NameLetters[random.Next(Admission.NameLetters.Length)];
        }
    });
}
