using System.Collections.Immutable;
using Scheduler.Kubernetes.Configuration.Fragments;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Scheduler.Kubernetes.Configuration.Yaml;

/// <summary>Makes a tree of the parser's events. Throws <see cref="YamlException"/> where it cannot, also where limits are broken.</summary>
internal sealed class YamlTreeBuilder(IParser parser, YamlWords words)
{
    private readonly Dictionary<AnchorName, YamlPart> _anchors = [];
    private int _values;

    public YamlPart? Document()
    {
        parser.Consume<StreamStart>();
        return parser.TryConsume<DocumentStart>(out _) ? Value(1) : null;
    }

    private YamlPart Value(int depth)
    {
        var start = parser.Current ?? throw new YamlException("unexpected end of the document");
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Copy(alias, depth);
        }

        Check(start, depth, 1);
        YamlPart value = start switch
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

    private YamlPart Copy(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value, out var value))
        {
            throw new YamlException(alias.Start, alias.End, $"*{alias.Value} stands for nothing: no anchor &{alias.Value} ends before it");
        }

        Check(alias, depth + value.Height - 1, value.Size);
        return value;
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

    private YamlScalarPart Scalar(Scalar scalar)
    {
        parser.MoveNext();
        return new YamlScalarPart(TextPlace.Of(scalar.Start), YamlScalar.Node(scalar, words));
    }

    private YamlListPart Sequence(int depth)
    {
        var start = parser.Consume<SequenceStart>();
        var (list, size, height) = (ImmutableArray.CreateBuilder<YamlPart>(), 1, 1);
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            var item = Value(depth + 1);
            list.Add(item);
            (size, height) = (size + item.Size, Math.Max(height, item.Height + 1));
        }

        return new YamlListPart(TextPlace.Of(start.Start), list.ToImmutable(), size, height);
    }

    private YamlMappingPart Mapping(int depth)
    {
        var mapping = new YamlMapping(TextPlace.Of(parser.Consume<MappingStart>().Start));
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Current ?? throw new YamlException("unexpected end of the document");
            var isMerge = key is Scalar scalar && YamlScalar.IsMergeKey(scalar);
            var name = Value(depth + 1) as YamlScalarPart;
            var value = Value(isMerge ? depth : depth + 1);
            if (!isMerge)
            {
                var text = YamlScalar.Key(name?.ToJson()) ?? throw new YamlException(key.Start, key.End, "expected a text as key");
                mapping.Set(new YamlMember(text, TextPlace.Of(key.Start), value));
            }
            else if (!mapping.Merge(value))
            {
                throw new YamlException(key.Start, key.End, "<< merges only mappings");
            }
        }

        return mapping.Complete();
    }
}
