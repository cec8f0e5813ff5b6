using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>A finished answer: status and JSON body, empty for 204.</summary>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body)
{
    public static Answer NoContent { get; } = new(204, default);

    /// <summary>200 with an empty object, for calls whose answer nobody reads.</summary>
    public static Answer Done { get; } = new(200, "{}"u8.ToArray());

    public static Answer Json<T>(T body, JsonTypeInfo<T> type, int status = 200) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(body, type));

    public static Answer Error(int status, string message) =>
        Json(new ErrorBody(message), ApiJson.Default.ErrorBody, status);

    public static Answer Refused(Refusal refusal) => Error(refusal.Status, refusal.Message);

    public static Answer TooManyRequests(RateVerdict verdict) => Json(
        new RateLimitBody(
            $"You have exceeded your API rate limit. Please wait {RateVerdict.ResetSeconds} seconds before making more requests.",
            verdict.Scope,
            verdict.Limit,
            verdict.Limit + 1,
            RateVerdict.ResetSeconds),
        ApiJson.Default.RateLimitBody,
        429);
}
