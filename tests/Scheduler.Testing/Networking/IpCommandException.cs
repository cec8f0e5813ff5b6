namespace Scheduler.Testing.Networking;

/// <summary>The machine does not let networks be made or changed.</summary>
internal sealed class IpCommandException(string message, Exception? inner = null) : Exception(message, inner);
