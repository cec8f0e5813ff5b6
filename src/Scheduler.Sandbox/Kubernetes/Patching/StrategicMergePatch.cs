using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;

namespace Scheduler.Sandbox.Kubernetes.Patching;

/// <summary>
/// Kubernetes' own patch format: a merge patch in which lists of named things are merged item by item. Directives on
/// the order of lists are ignored.
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string DeleteFromList = "$deleteFromPrimitiveList/";

    /// <summary>The lists that are merged, and the field that identifies their items; from the API's type definitions.</summary>
    private static readonly FrozenDictionary<string, string> KeyOfList = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["ephemeralContainers"] = "name",
        ["volumes"] = "name",
        ["env"] = "name",
        ["imagePullSecrets"] = "name",
        ["secrets"] = "name",
        ["volumeMounts"] = "mountPath",
        ["ports"] = "containerPort",
        ["hostAliases"] = "ip",
        ["podIPs"] = "ip",
        ["ownerReferences"] = "uid",
        ["conditions"] = "type",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        if (patch[Directive]?.GetValue<string>() == "replace")
        {
            var replacement = patch.DeepClone().AsObject();
            replacement.Remove(Directive);
            return replacement;
        }

        foreach (var (name, value) in patch)
        {
            if (name.StartsWith(DeleteFromList, StringComparison.Ordinal))
            {
                RemoveValues(target[name[DeleteFromList.Length..]] as JsonArray, value as JsonArray);
            }
            else if (!name.StartsWith('$'))
            {
                ApplyField(target, name, value);
            }
        }

        return target;
    }

    private static void ApplyField(JsonObject target, string name, JsonNode? value)
    {
        switch (value)
        {
            case null:
            case JsonObject deletion when deletion[Directive]?.GetValue<string>() == "delete":
                target.Remove(name);
                break;
            case JsonObject inner:
                var part = target[name] as JsonObject ?? [];
                target.Remove(name);
                target[name] = Apply(part, inner);
                break;
            case JsonArray items when target[name] is JsonArray present && KeyOfList.TryGetValue(name, out var key):
                MergeList(present, items, key, name);
                break;
            case JsonArray items when name == "finalizers" && target[name] is JsonArray present:
                foreach (var item in items.Where(item => !present.Any(other => JsonNode.DeepEquals(other, item))))
                {
                    present.Add(item?.DeepClone());
                }

                break;
            default:
                target[name] = value.DeepClone();
                break;
        }
    }

    private static void MergeList(JsonArray target, JsonArray items, string key, string list)
    {
        if (items.OfType<JsonObject>().Any(item => item[Directive]?.GetValue<string>() == "replace"))
        {
            target.Clear();
        }

        foreach (var item in items)
        {
            if (item is not JsonObject patch)
            {
                throw ApiError.BadRequest($"unable to merge list \"{list}\": its items must be objects");
            }

            var directive = patch[Directive]?.GetValue<string>();
            if (directive == "replace" && patch.Count == 1)
            {
                continue;
            }

            var id = patch[key] ?? throw ApiError.BadRequest($"map: {patch.ToJsonString()} does not contain declared merge key: {key}");
            var at = IndexOf(target, key, id);
            if (directive == "delete")
            {
                if (at >= 0)
                {
                    target.RemoveAt(at);
                }
            }
            else if (at >= 0)
            {
                var present = target[at]!.AsObject();
                target.RemoveAt(at);
                target.Insert(at, Apply(present, patch));
            }
            else
            {
                var added = patch.DeepClone().AsObject();
                added.Remove(Directive);
                target.Add(added);
            }
        }
    }

    private static int IndexOf(JsonArray list, string key, JsonNode id)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonObject item && JsonNode.DeepEquals(item[key], id))
            {
                return i;
            }
        }

        return -1;
    }

    private static void RemoveValues(JsonArray? target, JsonArray? values)
    {
        foreach (var value in values ?? [])
        {
            var found = target?.FirstOrDefault(item => JsonNode.DeepEquals(item, value));
            if (found is not null)
            {
                target!.Remove(found);
            }
        }
    }
}
