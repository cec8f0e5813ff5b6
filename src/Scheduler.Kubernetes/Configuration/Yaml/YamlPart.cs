using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Yaml;

/// <summary>
/// A value of a YAML text and where it stands. Immutable, so that an alias is what it stands for; its measures keep aliases from
/// blowing a document up (a few lines can stand for billions of values).
/// </summary>
/// <param name="place">Where the value starts.</param>
/// <param name="size">Values in it, itself included.</param>
/// <param name="height">Levels in it, itself included.</param>
internal abstract class YamlPart(TextPlace place, int size, int height)
{
    public TextPlace Place => place;

    internal int Size => size;

    internal int Height => height;

    /// <summary>The same as JSON, a tree of its own; null for YAML's null.</summary>
    public abstract JsonNode? ToJson();
}

/// <summary>A text, number or boolean, or null.</summary>
internal sealed class YamlScalarPart(TextPlace place, JsonNode? value) : YamlPart(place, 1, 1)
{
    /// <summary>Null for anything but a text.</summary>
    public string? Text => value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? text : null;

    public bool IsNull => value is null;

    public override JsonNode? ToJson() => value?.DeepClone();
}

/// <summary>A list.</summary>
internal sealed class YamlListPart(TextPlace place, ImmutableArray<YamlPart> items, int size, int height) : YamlPart(place, size, height)
{
    public ImmutableArray<YamlPart> Items => items;

    public override JsonNode ToJson() => new JsonArray([.. items.Select(item => item.ToJson())]);
}

/// <summary>A mapping, with what it merges from others.</summary>
internal sealed class YamlMappingPart(
    TextPlace place, ImmutableArray<YamlMember> members, ImmutableArray<YamlMember> overridden, int size, int height) : YamlPart(place, size, height)
{
    public ImmutableArray<YamlMember> Members => members;

    /// <summary>Members without effect, because the same key stands in the same mapping again.</summary>
    public ImmutableArray<YamlMember> Overridden => overridden;

    public YamlMember? Find(string name) => members.FirstOrDefault(member => member.Name == name);

    public override JsonNode ToJson()
    {
        var json = new JsonObject();
        foreach (var member in members)
        {
            json[member.Name] = member.Value.ToJson();
        }

        return json;
    }
}

/// <summary>One key of a mapping.</summary>
/// <param name="Name">The key.</param>
/// <param name="Place">Where the key stands.</param>
/// <param name="Value">What stands behind it.</param>
internal sealed record YamlMember(string Name, TextPlace Place, YamlPart Value);
