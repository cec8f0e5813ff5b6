using System.Collections.Immutable;
using Scheduler.Sandbox.Kubernetes.Resources;

namespace Scheduler.Sandbox.Kubernetes.Errors;

/// <summary>A refused request: becomes the response's code and Status object. Texts are those of the real server.</summary>
internal sealed class ApiError(int code, string reason, string message) : Exception(message)
{
    public int Code => code;

    public string Reason => reason;

    public string? Name { get; init; }

    public string? Group { get; init; }

    public string? Kind { get; init; }

    public ImmutableArray<Cause> Causes { get; init; } = [];

    public int? RetryAfterSeconds { get; init; }

    public static ApiError BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiError Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    /// <summary>The authorizer says no.</summary>
    public static ApiError Forbidden(ResourceType type, string verb, string? ns) => new(
        403,
        "Forbidden",
        $"{type.QualifiedPlural} is forbidden: User \"sandbox\" cannot {verb} resource \"{type.Plural}\" in API group \"{type.Group}\""
        + (string.IsNullOrEmpty(ns) ? " at the cluster scope" : $" in the namespace \"{ns}\""))
    {
        Group = type.Group,
        Kind = type.Plural,
    };

    /// <summary>A ValidatingAdmissionPolicy says no, or cannot say anything (422).</summary>
    public static ApiError DeniedByPolicy(
        ResourceType type, string name, string policy, string why, int code = 403, string reason = "Forbidden")
    {
        var words = $"ValidatingAdmissionPolicy '{policy}' with binding '{policy}' denied request: {why}";
        return new ApiError(code, reason, $"{type.QualifiedPlural} \"{name}\" is forbidden: {words}")
        {
            Name = name,
            Group = type.Group,
            Kind = type.Plural,
            Causes = [new Cause("", words, "")],
        };
    }

    public static ApiError UnknownPath() => new(404, "NotFound", "the server could not find the requested resource");

    public static ApiError MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");

    public static ApiError UnsupportedMediaType() => new(415, "UnsupportedMediaType", "415: Unsupported Media Type");

    public static ApiError NotFound(ResourceType type, string name) => About(type, name, 404, "NotFound", "not found");

    public static ApiError AlreadyExists(ResourceType type, string name) => About(type, name, 409, "AlreadyExists", "already exists");

    public static ApiError Stale(ResourceType type, string name) => Conflict(
        type, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiError Conflict(ResourceType type, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.QualifiedPlural} \"{name}\": {why}")
        {
            Name = name,
            Group = type.Group,
            Kind = type.Plural,
        };

    /// <summary>Like a conflict, but about the kind instead of the resource: so the real server.</summary>
    public static ApiError PreconditionFailed(ResourceType type, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.QualifiedKind} \"{name}\": {why}")
        {
            Name = name,
            Group = type.Group,
            Kind = type.Kind,
        };

    public static ApiError Expired(long requested, long oldest) =>
        new(410, "Expired", $"too old resource version: {requested} ({oldest})");

    public static ApiError ContinueExpired() => new(
        410,
        "Expired",
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.");

    public static ApiError TooLargeRevision(long requested, long current) =>
        new(504, "Timeout", $"Timeout: Too large resource version: {requested}, current: {current}")
        {
            Causes = [new Cause("ResourceVersionTooLarge", "Too large resource version", "")],
            RetryAfterSeconds = 1,
        };

    public static ApiError TimedOut(TimeSpan timeout) => new(
        504, "Timeout", $"Timeout: request did not complete within requested timeout {timeout.TotalSeconds:0.###}s");

    public static ApiError Invalid(string qualifiedKind, string name, ImmutableArray<Cause> causes)
    {
        var problems = causes.Select(cause => cause.Field.Length > 0 ? $"{cause.Field}: {cause.Message}" : cause.Message).ToArray();
        var text = problems.Length == 1 ? problems[0] : $"[{string.Join(", ", problems)}]";
        var dot = qualifiedKind.IndexOf('.', StringComparison.Ordinal);
        return new ApiError(422, "Invalid", $"{qualifiedKind} \"{name}\" is invalid: {text}")
        {
            Name = name,
            Group = dot < 0 ? null : qualifiedKind[(dot + 1)..],
            Kind = dot < 0 ? qualifiedKind : qualifiedKind[..dot],
            Causes = causes,
        };
    }

    private static ApiError About(ResourceType type, string name, int code, string reason, string fact) =>
        new(code, reason, $"{type.QualifiedPlural} \"{name}\" {fact}") { Name = name, Group = type.Group, Kind = type.Plural };
}
