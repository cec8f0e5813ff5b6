using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Deploy.Tests.Schema;

/// <summary>The chart's <c>values.schema.json</c>: written by hand but for its last part, <c>definitions</c>.</summary>
internal static class ChartSchema
{
    public const string WriteVariable = "SCHEDULER_WRITE_SCHEMA";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Start = "\n  \"definitions\": {";

    public static string File { get; } = Path.Combine(DeployFolder.Chart, "values.schema.json");

    public static string Text { get; } = System.IO.File.ReadAllText(File);

    /// <summary>The keys of <c>config</c>.</summary>
    public static JsonObject Configuration() => JsonNode.Parse(Text)!["properties"]!["config"]!["properties"]!.AsObject();

    /// <summary>As the file ought to be: one line for each type.</summary>
    public static string WithDefinitions()
    {
        var lines = ConfigurationDefinitions.All().Select(type => $"\n    \"{type.Name}\": {type.Schema.ToJsonString(Readable)}");
        return $"{Text[..Text.IndexOf(Start, StringComparison.Ordinal)]}{Start}{string.Join(',', lines)}\n  }}\n}}\n";
    }
}
