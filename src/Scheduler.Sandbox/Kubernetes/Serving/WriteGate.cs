using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>
/// The way of clients' writes to the store: past their deadline nothing is committed, and dry runs never are. A client that
/// hangs up does not stop its write.
/// </summary>
internal sealed class WriteGate(ObjectStore store, CancellationToken stopping)
{
    /// <returns>The decision and the object as stored, or as it would be.</returns>
    /// <exception cref="ApiError">What the decision threw, or 504.</exception>
    public async Task<(Decision Decision, KubeObject? Result)> WriteAsync(
        ApiRequest request, ObjectKey key, Func<KubeObject?, Decision> decide, bool isDryRun = false)
    {
        if (isDryRun || request.IsDryRun)
        {
            var stored = store.Current.Find(key);
            var preview = decide(stored);
            return (preview, preview.Item ?? stored);
        }

        var decision = Decision.Keep;
        var result = await store.WriteAsync(
            key,
            stored =>
            {
                request.Deadline?.ThrowIfOver();
                return decision = decide(stored);
            },
            stopping);
        return (decision, result);
    }
}
