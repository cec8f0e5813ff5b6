namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>Why the server says no: an HTTP status of the 4xx range and the text of the error body.</summary>
public sealed record Refusal(int Status, string Message)
{
    public static Refusal Invalid(string message) => new(400, message);

    public static Refusal Unauthorized { get; } = new(401, "Unauthorized: token missing, invalid or revoked");

    public static Refusal NotFound(string message) => new(404, message);

    public static Refusal Unprocessable(string message) => new(422, message);
}
