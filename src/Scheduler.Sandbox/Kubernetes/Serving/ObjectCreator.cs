using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>The verb create.</summary>
internal sealed class ObjectCreator(ObjectStore store, WriteGate gate, KubernetesFaults faults, TimeProvider time)
{
    public async Task<Answer> CreateAsync(ApiRequest request)
    {
        var draft = ManifestReader.Read(request.Type, request.Body);
        var created = Admission.ForCreate(draft, request.Target.Namespace ?? "", time.GetUtcNow());
        RequireNamespace(created);
        faults.Admit(created, store.Current);
        var (_, result) = await gate.WriteAsync(
            request,
            created.Key,
            stored => stored is null ? Decision.Put(created) : throw ApiError.AlreadyExists(request.Type, created.Meta.Name));
        return Answer.Of(result!, request, time.GetUtcNow(), 201);
    }

    private void RequireNamespace(KubeObject item)
    {
        if (item.Type.IsNamespaced
            && store.Current.Find(new ObjectKey(ResourceCatalog.Namespaces, "", item.Meta.Namespace)) is null)
        {
            throw ApiError.NotFound(ResourceCatalog.Namespaces, item.Meta.Namespace);
        }
    }
}
