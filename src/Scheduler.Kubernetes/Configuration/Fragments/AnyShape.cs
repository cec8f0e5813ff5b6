using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>Whatever stands there, as it is.</summary>
internal sealed class AnyShape : Shape
{
    public override string Name => "any value";

    public override object? Zero => null;

    public override object? Read(JsonNode? node, string path, FragmentReading reading) => node?.DeepClone();
}
