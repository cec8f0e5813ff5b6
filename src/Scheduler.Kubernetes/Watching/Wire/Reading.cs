namespace Scheduler.Kubernetes.Watching.Wire;

/// <summary>An object as read, or why it is not believed.</summary>
/// <param name="Item">Null when it is not.</param>
/// <param name="Reason">Why not; of no meaning otherwise.</param>
internal readonly record struct Reading<T>(T? Item, StrangerReason Reason)
    where T : class
{
    public static Reading<T> Not(StrangerReason reason) => new(null, reason);

    public static Reading<T> Of(T item) => new(item, default);
}
