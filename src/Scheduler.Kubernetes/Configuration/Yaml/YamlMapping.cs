namespace Scheduler.Kubernetes.Configuration.Yaml;

/// <summary>
/// A mapping in the making: later keys replace earlier ones; its own keys win over merged ones, earlier merges over later ones.
/// </summary>
internal sealed class YamlMapping(TextPlace place)
{
    private readonly OrderedDictionary<string, YamlMember> _own = new(StringComparer.Ordinal);
    private readonly List<YamlMappingPart> _merged = [];
    private readonly List<YamlMember> _overridden = [];
    private int _size = 1;
    private int _height = 1;

    public void Set(YamlMember member)
    {
        if (_own.TryGetValue(member.Name, out var earlier))
        {
            _overridden.Add(earlier);
        }

        _own[member.Name] = member;
        Count(member.Value.Size, member.Value.Height + 1);
    }

    /// <summary>False if the value is neither a mapping nor a list of mappings.</summary>
    public bool Merge(YamlPart value)
    {
        Count(value.Size, value.Height);
        switch (value)
        {
            case YamlMappingPart mapping:
                _merged.Add(mapping);
                return true;
            case YamlListPart list when list.Items.All(item => item is YamlMappingPart):
                _merged.AddRange(list.Items.Cast<YamlMappingPart>());
                return true;
            default:
                return false;
        }
    }

    public YamlMappingPart Complete()
    {
        foreach (var member in _merged.SelectMany(mapping => mapping.Members))
        {
            _own.TryAdd(member.Name, member);
        }

        return new YamlMappingPart(place, [.. _own.Values], [.. _overridden], _size, _height);
    }

    private void Count(int size, int height) => (_size, _height) = (_size + size, Math.Max(_height, height));
}
