namespace Scheduler.Management.Questions;

/// <summary>What somebody who was asked said last.</summary>
/// <param name="Value">His last answer; null when he never gave one.</param>
/// <param name="AsOf">When that was.</param>
/// <param name="Age">How long ago that is.</param>
/// <param name="IsAnswered">He answered when he was asked last; else <paramref name="Value"/> is what he said before.</param>
internal sealed record Reading<T>(T? Value, DateTimeOffset AsOf, TimeSpan Age, bool IsAnswered)
    where T : class
{
    /// <summary>The value while it is current.</summary>
    public T? Current => IsAnswered ? Value : null;
}
