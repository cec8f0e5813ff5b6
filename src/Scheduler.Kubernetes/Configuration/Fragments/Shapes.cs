using System.Collections.Concurrent;
using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>The shape of each type, made once.</summary>
internal static class Shapes
{
    private static readonly ConcurrentDictionary<Type, Shape> Known = new()
    {
        [typeof(string)] = Scalars.Text,
        [typeof(bool)] = Scalars.Boolean,
        [typeof(int)] = Scalars.Int32,
        [typeof(long)] = Scalars.Int64,
        [typeof(double)] = Scalars.Number,
        [typeof(TimeSpan)] = Scalars.Duration,
        [typeof(DateTime)] = Scalars.Time,
        [typeof(byte[])] = Scalars.Bytes,
        [typeof(ResourceQuantity)] = Scalars.Quantity,
        [typeof(IntOrString)] = Scalars.IntOrText,
        [typeof(object)] = new AnyShape(),
    };

    public static Shape For(Type type) => Known.GetOrAdd(Nullable.GetUnderlyingType(type) ?? type, Make);

    private static Shape Make(Type type)
    {
        if (type.IsEnum)
        {
            return new ChoiceShape(type);
        }

        if (!type.IsGenericType)
        {
            return new ObjectShape(type);
        }

        var (definition, parts) = (type.GetGenericTypeDefinition(), type.GetGenericArguments());
        var immutable = definition == typeof(ImmutableArray<>) || definition == typeof(ImmutableDictionary<,>);
        var shape = parts.Length == 2 ? typeof(MapShape<>) : typeof(ListShape<>);
        return (Shape)Activator.CreateInstance(shape.MakeGenericType(parts[^1]), For(parts[^1]), immutable)!;
    }
}
