using System.Runtime.Serialization;

namespace Scheduler.Cluster.Serialization;

/// <summary>
/// A payload from outside was not read. Derived from the one kind of exception after which Akka drops the message and keeps
/// the connection; of its own type so that a refusal inside of another message is counted once.
/// </summary>
public sealed class PayloadRefusedException(string message, Exception? cause) : SerializationException(message, cause);
