using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Resources;

/// <summary>Secrets and ConfigMaps. Values are never put into messages.</summary>
/// <param name="isSecret">Whether <c>data</c> is base64 and <c>stringData</c> and <c>type</c> exist.</param>
internal sealed class ConfigRules(bool isSecret) : ResourceRules
{
    public override void SetDefaults(Draft draft)
    {
        if (!isSecret)
        {
            return;
        }

        draft.Body.SetDefault("type", "Opaque");
        foreach (var (key, value) in draft.Body.ObjectAt("stringData") ?? [])
        {
            var text = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";
            draft.Body.EnsureObject("data")[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        }

        draft.Body.Remove("stringData");
    }

    public override void Validate(Draft draft, FieldErrors errors)
    {
        var data = draft.Body.ObjectAt("data") ?? [];
        foreach (var key in data.Select(entry => entry.Key))
        {
            if (NameSyntax.ProblemOfConfigKey(key) is { } problem)
            {
                errors.Invalid($"data[{key}]", key, problem);
            }

            if (isSecret && !Base64.IsValid(data.TextAt(key)))
            {
                throw ApiError.BadRequest(
                    $"Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data in key \"{key}\"");
            }
        }
    }

    public override void ValidateUpdate(Draft draft, KubeObject stored, FieldErrors errors)
    {
        if (isSecret && draft.Body.TextAt("type") != stored.TextAt("type"))
        {
            errors.Invalid("type", draft.Body.TextAt("type"), "field is immutable");
        }

        var isImmutable = stored.At("immutable").ValueKind == JsonValueKind.True;
        if (isImmutable && !JsonNode.DeepEquals(draft.Body["data"], JsonObject.Create(stored.At("data"))))
        {
            errors.Forbidden("data", "field is immutable when `immutable` is set");
        }
    }
}
