using Scheduler.Sandbox.Kubernetes.Selecting;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Watching;

/// <summary>Where a watch begins.</summary>
/// <param name="Selector">Which objects it is about.</param>
/// <param name="Revision">Changes up to here are not sent.</param>
/// <param name="Entry">The log is read on from here; null when the changes since <paramref name="Revision"/> are forgotten.</param>
/// <param name="Initial">What is sent first, as ADDED; null to begin with changes.</param>
/// <param name="MarkInitialEnd">Whether the client wants to be told when the initial events end.</param>
internal sealed record WatchStart(ObjectSelector Selector, long Revision, LogEntry? Entry, StoreSnapshot? Initial, bool MarkInitialEnd);
