namespace Scheduler.Buildkite.Transport;

/// <summary>A success.</summary>
/// <param name="Value">The decoded body.</param>
/// <param name="RetryAfter">The service's wish to be left alone for a while, which may come with a success too.</param>
internal readonly record struct Answer<T>(T Value, TimeSpan? RetryAfter);
