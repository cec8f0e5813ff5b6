using System.Text.Json.Serialization;

namespace Scheduler.Checking;

/// <summary>How something looked at was found.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckLevel>))]
internal enum CheckLevel
{
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>The controller would start, but perhaps not do what is wanted; or it could not be looked at.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>The controller would not start, or not work.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,
}

/// <summary>One thing looked at.</summary>
/// <param name="Level">How it is.</param>
/// <param name="What">What was looked at: <c>configuration</c>, <c>permission list pods</c>.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Remedy">What to do about it; null when nothing is to be done.</param>
internal sealed record CheckLine(CheckLevel Level, string What, string Finding, string? Remedy = null);
