using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Yaml;

/// <summary>A part of the tree with its measures, so that aliases cannot blow it up (a few lines can stand for billions of values).</summary>
/// <param name="Node">The part; null for YAML's null.</param>
/// <param name="Size">Values in it, itself included.</param>
/// <param name="Height">Levels in it, itself included.</param>
internal readonly record struct YamlValue(JsonNode? Node, int Size, int Height);
