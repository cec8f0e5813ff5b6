using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Yaml;

/// <summary>
/// A mapping in the making: later keys replace earlier ones; its own keys win over merged ones, earlier merges over later ones.
/// </summary>
internal sealed class YamlMapping
{
    private readonly JsonObject _own = [];
    private readonly List<JsonObject> _merged = [];
    private int _size = 1;
    private int _height = 1;

    public void Set(string key, YamlValue value)
    {
        _own[key] = value.Node;
        Count(value.Size, value.Height + 1);
    }

    /// <summary>False if the value is neither a mapping nor a list of mappings.</summary>
    public bool Merge(YamlValue value)
    {
        Count(value.Size, value.Height);
        switch (value.Node)
        {
            case JsonObject mapping:
                _merged.Add(mapping);
                return true;
            case JsonArray list when list.All(item => item is JsonObject):
                _merged.AddRange(list.Cast<JsonObject>());
                return true;
            default:
                return false;
        }
    }

    public YamlValue Complete()
    {
        foreach (var (key, value) in _merged.SelectMany(mapping => mapping))
        {
            if (!_own.ContainsKey(key))
            {
                _own[key] = value?.DeepClone();
            }
        }

        return new YamlValue(_own, _size, _height);
    }

    private void Count(int size, int height) => (_size, _height) = (_size + size, Math.Max(_height, height));
}
