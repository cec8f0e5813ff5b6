using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>An enum: a text that names one of its members in lower case. The empty text is the member <c>Unset</c>.</summary>
internal sealed class ChoiceShape : Shape
{
    private readonly Dictionary<string, object> _members;
    private readonly string _choices;

    public ChoiceShape(Type type)
    {
        _members = Enum.GetValues(type).Cast<object>().ToDictionary(member => Word(member.ToString()!), StringComparer.Ordinal);
        _choices = string.Join(", ", _members.Keys.Where(word => word.Length > 0));
        Zero = Enum.ToObject(type, 0);
    }

    public override string Name => $"a text, one of {_choices}";

    public override object Zero { get; }

    public override object? Read(JsonNode? node, string path, FragmentReading reading)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                var word = value.GetValue<string>();
                if (!_members.TryGetValue(word, out var member))
                {
                    reading.Add(FragmentIssueKind.UnknownChoice, path, FragmentText.Quote(word), _choices);
                }

                return member;
            default:
                reading.WrongType(path, node, Name);
                return null;
        }
    }

    private static string Word(string member) => member == "Unset" ? "" : member.ToLowerInvariant();
}
