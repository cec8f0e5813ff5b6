namespace Scheduler.Core.Facts;

/// <summary>One Kubernetes event about an object, repeated ones counted.</summary>
/// <param name="Type"><c>Normal</c> or <c>Warning</c>.</param>
/// <param name="Reason">Such as <c>FailedCreate</c>.</param>
/// <param name="Message">In the words of whoever reported it.</param>
public sealed record EventFact(string Type, string Reason, string Message)
{
    /// <summary>When it was first, or only, seen; null when the event does not say.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>When it was last seen; null when the event does not say.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>How often it was seen; at least 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The event has a series of its own (the newer events API): its repetitions are told with their span of time.</summary>
    public bool IsSeries { get; init; }
}
