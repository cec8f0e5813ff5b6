using System.Text.Json;

namespace Scheduler.Sandbox.Kubernetes.Errors;

/// <summary>Collects what is wrong with an object, field by field, in the words of the real server.</summary>
internal sealed class FieldErrors
{
    private readonly List<Cause> _causes = [];

    public void Required(string field, string? why = null) =>
        Add("FieldValueRequired", why is null ? "Required value" : $"Required value: {why}", field);

    public void Invalid(string field, string value, string why) =>
        Add("FieldValueInvalid", $"Invalid value: {Quote(value)}: {why}", field);

    public void Invalid(string field, long value, string why) => Add("FieldValueInvalid", $"Invalid value: {value}: {why}", field);

    /// <summary>An invalid value that is not shown in quotes.</summary>
    public void InvalidRaw(string field, string value, string why) => Add("FieldValueInvalid", $"Invalid value: {value}: {why}", field);

    public void NotFound(string field, string value) => Add("FieldValueNotFound", $"Not found: {Quote(value)}", field);

    public void Duplicate(string field, string value) => Add("FieldValueDuplicate", $"Duplicate value: {Quote(value)}", field);

    public void Forbidden(string field, string why) => Add("FieldValueForbidden", $"Forbidden: {why}", field);

    public void TooLong(string field, int limit) => Add("FieldValueTooLong", $"Too long: must have at most {limit} bytes", field);

    public void NotSupported(string field, string value, params ReadOnlySpan<string> supported) => Add(
        "FieldValueNotSupported",
        $"Unsupported value: {Quote(value)}: supported values: {string.Join(", ", supported.ToArray().Select(Quote))}",
        field);

    /// <exception cref="ApiError">422 when anything was collected.</exception>
    public void ThrowIfAny(string qualifiedKind, string name)
    {
        if (_causes.Count > 0)
        {
            throw ApiError.Invalid(qualifiedKind, name, [.. _causes]);
        }
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private void Add(string reason, string message, string field) => _causes.Add(new Cause(reason, message, field));
}
