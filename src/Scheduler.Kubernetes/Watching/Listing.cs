using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Watching;

/// <summary>All objects as of one revision.</summary>
public sealed record Listing<T>(IReadOnlyList<T> Items, Revision Revision);
