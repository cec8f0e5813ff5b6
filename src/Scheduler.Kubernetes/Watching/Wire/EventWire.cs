using Scheduler.Kubernetes.Connection;

namespace Scheduler.Kubernetes.Watching.Wire;

internal sealed record EventWire<T>(string? Type, T? Object);

/// <summary>The event that ends a watch: its object is a Status.</summary>
internal sealed record ErrorEventWire(ApiStatus? Object);
