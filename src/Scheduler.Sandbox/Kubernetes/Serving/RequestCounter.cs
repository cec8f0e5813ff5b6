using System.Collections.Concurrent;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>How many requests have come in, by verb and resource.</summary>
internal sealed class RequestCounter
{
    private readonly ConcurrentDictionary<(string Verb, string Resource), long> _counts = new();

    public void Count(string verb, string resource) => _counts.AddOrUpdate((verb, resource), 1, (_, count) => count + 1);

    public long Of(string verb, string resource) => _counts.GetValueOrDefault((verb, resource));
}
