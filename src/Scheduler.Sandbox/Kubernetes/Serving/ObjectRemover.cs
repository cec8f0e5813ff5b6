using System.Globalization;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>The verbs delete and deletecollection.</summary>
internal sealed class ObjectRemover(ObjectStore store, WriteGate gate, TimeProvider time)
{
    private const string OrphanWarning =
        "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set "
        + "propagationPolicy=Orphan to suppress this warning";

    public async Task<Answer> DeleteAsync(ApiRequest request)
    {
        var options = DeleteOptions.Of(request);
        var (decision, result) = await gate.WriteAsync(request, request.Target.Key, stored =>
        {
            if (stored is null)
            {
                throw ApiError.NotFound(request.Type, request.Target.Name!);
            }

            options.Check(stored);
            return Deletion.Decide(stored, options, time.GetUtcNow());
        }, options.IsDryRun);
        var answer = decision.IsRemoval && !request.Type.Rules.ReturnsDeletedObject
            ? Answer.Of(StatusObject.Deleted(result!))
            : Answer.Of(result!, request, time.GetUtcNow());
        return options.Policy is null && request.Type.Rules.OrphansDependentsByDefault ? answer with { Warning = OrphanWarning } : answer;
    }

    public async Task<Answer> DeleteCollectionAsync(ApiRequest request)
    {
        var options = DeleteOptions.Of(request);
        var selector = request.Selector();
        var found = store.Current.List(request.Type, request.Target.Namespace).Where(selector.Matches).ToList();
        foreach (var item in found)
        {
            await gate.WriteAsync(
                request,
                item.Key,
                stored => stored is null || stored.Meta.Uid != item.Meta.Uid
                    ? Decision.Keep
                    : Deletion.Decide(stored, options, time.GetUtcNow()),
                options.IsDryRun);
        }

        var meta = new JsonObject { ["resourceVersion"] = store.Current.Revision.ToString(CultureInfo.InvariantCulture) };
        return new Answer(200, ObjectReader.ListChunks(request.Type, found, meta));
    }
}
