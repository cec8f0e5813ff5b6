using System.Globalization;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>How a client wants an object deleted: from the body, or from parameters when there is none.</summary>
/// <param name="Policy">Background, Foreground or Orphan; null to leave it to the kind.</param>
/// <param name="GraceSeconds">Null to leave it to the object.</param>
/// <param name="Uid">Delete only this object; null for whichever has the name.</param>
/// <param name="Revision">Delete only this version; null for any.</param>
/// <param name="IsDryRun">Whether the body asks for a dry run.</param>
internal sealed record DeleteOptions(string? Policy, long? GraceSeconds, string? Uid, string? Revision, bool IsDryRun = false)
{
    /// <exception cref="ApiError">400 or 422 when the options make no sense.</exception>
    public static DeleteOptions Of(ApiRequest request)
    {
        var body = request.Body.Length > 0 ? ManifestReader.Parse("DeleteOptions", request.Body) : [];
        var preconditions = body.ObjectAt("preconditions");
        var orphan = body.FlagAt("orphanDependents") ?? (request.Query.ContainsKey("orphanDependents") ? request.Flag("orphanDependents") : null);
        var policy = FirstOf(body.TextAt("propagationPolicy"), request.Parameter("propagationPolicy"))
            ?? orphan switch { true => "Orphan", false => "Background", null => null };
        if (policy is not (null or "Background" or "Foreground" or "Orphan"))
        {
            var errors = new FieldErrors();
            errors.NotSupported("propagationPolicy", policy, "Foreground", "Background", "Orphan", "nil");
            errors.ThrowIfAny("DeleteOptions.meta.k8s.io", "");
        }

        return new DeleteOptions(
            policy,
            body.NumberAt("gracePeriodSeconds") ?? request.Number("gracePeriodSeconds"),
            FirstOf(preconditions?.TextAt("uid"), null),
            FirstOf(preconditions?.TextAt("resourceVersion"), null),
            body.ArrayAt("dryRun") is { Count: > 0 });
    }

    /// <exception cref="ApiError">409 when the object is not the one meant.</exception>
    public void Check(KubeObject stored)
    {
        if (Uid is not null && Uid != stored.Meta.Uid)
        {
            throw Mismatch(stored, "UID", Uid, stored.Meta.Uid, "The object might have been deleted and then recreated");
        }

        var revision = stored.Meta.Revision.ToString(CultureInfo.InvariantCulture);
        if (Revision is not null && Revision != revision)
        {
            throw Mismatch(stored, "ResourceVersion", Revision, revision, "The object might have been modified");
        }
    }

    private static ApiError Mismatch(KubeObject stored, string what, string expected, string found, string guess) =>
        ApiError.PreconditionFailed(
            stored.Type,
            stored.Meta.Name,
            $"the {what} in the precondition ({expected}) does not match the {what} in record ({found}). {guess}");

    private static string? FirstOf(string? first, string? second) =>
        !string.IsNullOrEmpty(first) ? first : !string.IsNullOrEmpty(second) ? second : null;
}
