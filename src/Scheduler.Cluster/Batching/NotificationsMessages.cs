namespace Scheduler.Cluster.Batching;

/// <summary>Asks <see cref="Notifications"/> for its <see cref="NotificationsStatus"/>.</summary>
public sealed record GetNotificationsStatus
{
    public static GetNotificationsStatus Instance { get; } = new();
}

/// <summary><see cref="Notifications"/> at one moment.</summary>
/// <param name="Waiting">Lines not sent yet.</param>
/// <param name="Dropped">Lines that were given up since this node began.</param>
public sealed record NotificationsStatus(int Waiting, long Dropped);

/// <summary>To <see cref="Notifications"/>: send all that waits now, answer <see cref="Drained"/> when nothing is left.</summary>
public sealed record Drain
{
    public static Drain Instance { get; } = new();
}

/// <summary>From <see cref="Notifications"/>: nothing waits any more.</summary>
public sealed record Drained
{
    public static Drained Instance { get; } = new();
}
