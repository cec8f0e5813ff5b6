namespace Scheduler.Running;

/// <summary>Something at start that no restart heals. The message is for the operator: what is wrong and what to do.</summary>
internal sealed class StartUpException(string message, Exception? inner = null) : Exception(message, inner);
