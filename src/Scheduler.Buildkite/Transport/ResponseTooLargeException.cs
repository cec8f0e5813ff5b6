namespace Scheduler.Buildkite.Transport;

/// <summary>An answer is longer than the client is willing to keep.</summary>
internal sealed class ResponseTooLargeException : Exception;
