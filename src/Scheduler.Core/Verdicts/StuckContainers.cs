using System.Collections.Immutable;
using Scheduler.Core.Facts;

namespace Scheduler.Core.Verdicts;

/// <summary>
/// Since when containers fail to be made, by name. A pod's status does not tell, so it is remembered from the first failure
/// seen; a container that gets over it is forgotten. Empty, and then without cost, for nearly all pods.
/// </summary>
public sealed record StuckContainers
{
    private readonly ImmutableSortedDictionary<string, DateTimeOffset> _since;
    private readonly string _pod;

    private StuckContainers(string pod, ImmutableSortedDictionary<string, DateTimeOffset> since) => (_pod, _since) = (pod, since);

    public static StuckContainers None { get; } = new("", ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal));

    public bool IsEmpty => _since.IsEmpty;

    /// <summary>What to remember after another look at the pod. Another pod, by its UID, starts from nothing.</summary>
    public StuckContainers After(PodFact? pod, DateTimeOffset now)
    {
        if (pod is not { Phase: PodPhase.Pending or PodPhase.Running } || !pod.Containers.Any(IsStuck))
        {
            return None;
        }

        var known = pod.Uid == _pod ? _since : None._since;
        var since = pod.Containers.Where(IsStuck).Aggregate(
            None._since, (found, container) => found.SetItem(container.Name, known.TryGetValue(container.Name, out var first) ? first : now));
        return new StuckContainers(pod.Uid, since);
    }

    /// <summary>When the first of them has used up its grace; null when none is stuck.</summary>
    public DateTimeOffset? OverAt(PodFact pod, TimeSpan grace)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return pod.Containers.Where(IsStuck).Min(container => OverAt(container, grace));
    }

    /// <summary>Those that have used up their grace, in order of their names.</summary>
    public ImmutableArray<ContainerFact> Over(PodFact pod, TimeSpan grace, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return [.. pod.Containers.Where(container => IsStuck(container) && OverAt(container, grace) <= now).OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <summary>Whether the kubelet cannot make it, as opposed to not having made it yet.</summary>
    public static bool IsStuck(ContainerFact container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return container.Waiting is { } waiting && StuckReasons.Contains(waiting.Reason);
    }

    private DateTimeOffset? OverAt(ContainerFact container, TimeSpan grace) =>
        container.Waiting is { Reason: StuckReasons.Hopeless } ? DateTimeOffset.MinValue
        : _since.TryGetValue(container.Name, out var since) ? since + grace
        : null;
}
