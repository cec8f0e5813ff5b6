using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Resources;

internal sealed partial class LeaseRules : ResourceRules
{
    public override void SetDefaults(Draft draft)
    {
        var spec = draft.Body.EnsureObject(KubeObject.Spec);
        foreach (var name in new[] { "acquireTime", "renewTime" })
        {
            Normalise(spec, name);
        }
    }

    public override void Validate(Draft draft, FieldErrors errors)
    {
        var spec = draft.Body.EnsureObject(KubeObject.Spec);
        if (spec.NumberAt("leaseDurationSeconds") is { } seconds and <= 0)
        {
            errors.Invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0");
        }

        if (spec.NumberAt("leaseTransitions") is { } transitions and < 0)
        {
            errors.Invalid("spec.leaseTransitions", transitions, "must be greater than or equal to 0");
        }
    }

    // A MicroTime: exactly six fractional digits.
    private static void Normalise(JsonObject spec, string name)
    {
        var text = spec.TextAt(name);
        if (text.Length == 0)
        {
            return;
        }

        if (!Rfc3339().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            throw ApiError.BadRequest(
                $"Lease in version \"v1\" cannot be handled as a Lease: spec.{name}: parsing time \"{text}\" as \"2006-01-02T15:04:05.000000Z07:00\"");
        }

        spec[name] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}
