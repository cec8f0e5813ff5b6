namespace Scheduler.Testing.Observing;

/// <summary>One change in etcd.</summary>
/// <param name="Key">Such as <c>/registry/jobs/default/one</c>.</param>
/// <param name="Value">The new value; null = deleted.</param>
/// <param name="Revision">The store's revision with which it came.</param>
internal sealed record StoreChange(string Key, byte[]? Value, long Revision);
