using System.Text.Json.Nodes;
using Scheduler.Kubernetes.Configuration.Fragments;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Scheduler.Kubernetes.Configuration.Yaml;

/// <summary>Makes a tree of the parser's events. Throws <see cref="YamlException"/> where it cannot, also where limits are broken.</summary>
internal sealed class YamlTreeBuilder(IParser parser)
{
    private readonly Dictionary<AnchorName, YamlValue> _anchors = [];
    private int _values;

    public JsonNode? Document()
    {
        parser.Consume<StreamStart>();
        return parser.TryConsume<DocumentStart>(out _) ? Value(1).Node : null;
    }

    private YamlValue Value(int depth)
    {
        var start = parser.Current ?? throw new YamlException("unexpected end of the document");
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Copy(alias, depth);
        }

        Check(start, depth, 1);
        var value = start switch
        {
            Scalar scalar => Scalar(scalar),
            SequenceStart => Sequence(depth),
            MappingStart => Mapping(depth),
            _ => throw new YamlException(start.Start, start.End, "expected a value"),
        };
        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor] = value;
        }

        return value;
    }

    private YamlValue Copy(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value, out var value))
        {
            throw new YamlException(alias.Start, alias.End, $"*{alias.Value} stands for nothing: no anchor &{alias.Value} ends before it");
        }

        Check(alias, depth + value.Height - 1, value.Size);
        return value with { Node = value.Node?.DeepClone() };
    }

    private void Check(ParsingEvent at, int depth, int values)
    {
        _values += values;
        var limit = depth > FragmentSize.Deepest ? FragmentSize.TooDeep
            : _values > FragmentSize.MostValues ? FragmentSize.TooMany
            : null;
        if (limit is not null)
        {
            throw new YamlException(at.Start, at.End, $"expected {limit}");
        }
    }

    private YamlValue Scalar(Scalar scalar)
    {
        parser.MoveNext();
        return new YamlValue(YamlScalar.Node(scalar), 1, 1);
    }

    private YamlValue Sequence(int depth)
    {
        parser.Consume<SequenceStart>();
        var (list, size, height) = (new JsonArray(), 1, 1);
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            var item = Value(depth + 1);
            list.Add(item.Node);
            (size, height) = (size + item.Size, Math.Max(height, item.Height + 1));
        }

        return new YamlValue(list, size, height);
    }

    private YamlValue Mapping(int depth)
    {
        parser.Consume<MappingStart>();
        var mapping = new YamlMapping();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Current ?? throw new YamlException("unexpected end of the document");
            var isMerge = key is Scalar scalar && YamlScalar.IsMergeKey(scalar);
            var name = Value(depth + 1).Node;
            var value = Value(isMerge ? depth : depth + 1);
            if (!isMerge)
            {
                mapping.Set(YamlScalar.Key(name) ?? throw new YamlException(key.Start, key.End, "expected a text as key"), value);
            }
            else if (!mapping.Merge(value))
            {
                throw new YamlException(key.Start, key.End, "<< merges only mappings");
            }
        }

        return mapping.Complete();
    }
}
