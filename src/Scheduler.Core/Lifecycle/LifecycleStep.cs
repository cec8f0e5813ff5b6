using System.Collections.Immutable;

namespace Scheduler.Core.Lifecycle;

/// <summary>The answer to an event: what is remembered from now on, and what is to be done, in this order.</summary>
public readonly record struct LifecycleStep(JobLifecycle State, ImmutableArray<LifecycleCommand> Commands);
