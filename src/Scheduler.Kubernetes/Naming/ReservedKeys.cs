namespace Scheduler.Kubernetes.Naming;

/// <summary>
/// Keys of labels and annotations that only this program writes on Jobs and their pods: what it counts Jobs by, what it ties them
/// to grants with, and what the chart finds the scheduler's own pods by. Nothing that an author or a configuration says sets one.
/// </summary>
public static class ReservedKeys
{
    /// <summary>Ours as a whole, whatever may come to stand behind it.</summary>
    public const string Prefix = "scheduler.buildkite.com/";

    /// <summary>To the letter: to Kubernetes, a key in another case is another key, and selects nothing of ours.</summary>
    public static bool Contains(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key is JobLabels.JobUuid or JobLabels.ControllerId || key.StartsWith(Prefix, StringComparison.Ordinal);
    }
}
