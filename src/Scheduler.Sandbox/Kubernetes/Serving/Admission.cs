using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>Makes drafts into objects fit to be stored: system fields, defaults, validation.</summary>
internal static class Admission
{
    /// <summary>The letters the real server makes generated names of: none that could form a word.</summary>
    public const string NameLetters = "bcdfghjklmnpqrstvwxz2456789";

    private const int GeneratedBaseLimit = 58;

    /// <summary>A new object.</summary>
    /// <param name="draft">What the client sent; not to be used afterwards.</param>
    /// <param name="ns">The namespace of the URL.</param>
    /// <param name="now">The creation time; stored to the second.</param>
    /// <exception cref="ApiError">400 or 422 when it may not be created.</exception>
    public static KubeObject ForCreate(Draft draft, string ns, DateTimeOffset now)
    {
        SetSystemFields(draft, ns, now);
        var rules = draft.Type.Rules;
        rules.SetDefaults(draft);
        rules.PrepareCreate(draft);
        var errors = new FieldErrors();
        MetaValidation.Check(draft.Meta, errors);
        rules.Validate(draft, errors);
        errors.ThrowIfAny(draft.Type.QualifiedKind, draft.Meta.Name);
        return draft.Freeze();
    }

    /// <summary>Gives a new object what only the server decides.</summary>
    /// <exception cref="ApiError">400 when the client decided it.</exception>
    public static void SetSystemFields(Draft draft, string ns, DateTimeOffset now)
    {
        var meta = draft.Meta;
        if (meta.Namespace.Length > 0 && meta.Namespace != ns)
        {
            throw ApiError.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        if (meta.Revision != 0)
        {
            throw ApiError.BadRequest("resourceVersion should not be set on objects to be created");
        }

        draft.Meta = meta with
        {
            Name = meta.Name.Length == 0 && meta.GenerateName.Length > 0 ? Generate(meta.GenerateName) : meta.Name,
            Namespace = ns,
            Uid = Guid.NewGuid().ToString("D"),
            Created = ToTheSecond(now),
            Deleted = null,
            GraceSeconds = null,
            Generation = draft.Type.CountsGenerations ? 1 : 0,
        };
    }

    /// <summary>The next version of an object; the status stays as it is when the kind has one apart.</summary>
    /// <exception cref="ApiError">400, 409 or 422 when it may not be changed so.</exception>
    public static KubeObject ForUpdate(Draft draft, KubeObject stored)
    {
        TakeSystemFields(draft, stored);
        var type = draft.Type;
        if (type.HasStatus)
        {
            draft.Body.Remove(KubeObject.Status);
            if (stored.Fields.TryGetValue(KubeObject.Status, out var status))
            {
                draft.Body[KubeObject.Status] = Node(status);
            }
        }

        type.Rules.SetDefaults(draft);
        var errors = new FieldErrors();
        MetaValidation.Check(draft.Meta, errors);
        type.Rules.Validate(draft, errors);
        type.Rules.ValidateUpdate(draft, stored, errors);
        errors.ThrowIfAny(type.QualifiedKind, draft.Meta.Name);
        var updated = draft.Freeze();
        return type.CountsGenerations && !JsonElement.DeepEquals(Content(updated), Content(stored))
            ? updated.With(updated.Meta with { Generation = stored.Meta.Generation + 1 })
            : updated;
    }

    /// <summary>The next version of an object whose status was written: all but that and the metadata stays.</summary>
    /// <exception cref="ApiError">400, 409 or 422 when it may not be changed so.</exception>
    public static KubeObject ForStatusUpdate(Draft draft, KubeObject stored)
    {
        TakeSystemFields(draft, stored);
        draft.Meta = draft.Meta with { Owners = stored.Meta.Owners };
        var errors = new FieldErrors();
        MetaValidation.Check(draft.Meta, errors);
        errors.ThrowIfAny(draft.Type.QualifiedKind, draft.Meta.Name);
        return stored.With(draft.Meta).WithFieldOf(draft.Freeze(), KubeObject.Status);
    }

    /// <summary>Whether nothing holds an object any more that was deleted before.</summary>
    public static bool MayGo(KubeObject item) =>
        item.Meta.Deleted is not null && item.Meta.Finalizers.Length == 0 && item.Meta.GraceSeconds is null or 0;

    public static DateTimeOffset ToTheSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private static void TakeSystemFields(Draft draft, KubeObject stored)
    {
        var (meta, type) = (draft.Meta, draft.Type);
        if (meta.Name != stored.Meta.Name)
        {
            throw ApiError.BadRequest(
                $"the name of the object ({meta.Name}) does not match the name on the URL ({stored.Meta.Name})");
        }

        if (meta.Namespace.Length > 0 && meta.Namespace != stored.Meta.Namespace)
        {
            throw ApiError.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        if (meta.Uid.Length > 0 && meta.Uid != stored.Meta.Uid)
        {
            throw ApiError.Conflict(
                type, meta.Name, $"Precondition failed: UID in precondition: {meta.Uid}, UID in object meta: {stored.Meta.Uid}");
        }

        if (meta.Revision == 0 && !type.AllowsUnconditionalUpdate)
        {
            var errors = new FieldErrors();
            errors.InvalidRaw("metadata.resourceVersion", "0x0", "must be specified for an update");
            errors.ThrowIfAny(type.QualifiedPlural, meta.Name);
        }

        if (meta.Revision != 0 && meta.Revision != stored.Meta.Revision)
        {
            throw ApiError.Stale(type, meta.Name);
        }

        draft.Meta = meta with
        {
            Namespace = stored.Meta.Namespace,
            GenerateName = stored.Meta.GenerateName,
            Uid = stored.Meta.Uid,
            Revision = stored.Meta.Revision,
            Generation = stored.Meta.Generation,
            Created = stored.Meta.Created,
            Deleted = stored.Meta.Deleted,
            GraceSeconds = stored.Meta.GraceSeconds,
        };
    }

    private static JsonElement Content(KubeObject item) => item.At(KubeObject.Spec) is { ValueKind: not JsonValueKind.Undefined } spec
        ? spec
        : item.At(JobRules.Template);

    private static JsonNode? Node(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? JsonObject.Create(element) : JsonNode.Parse(element.GetRawText());

    private static string Generate(string prefix) =>
        string.Concat(prefix.AsSpan(0, Math.Min(prefix.Length, GeneratedBaseLimit)), RandomNumberGenerator.GetString(NameLetters, 5));
}
