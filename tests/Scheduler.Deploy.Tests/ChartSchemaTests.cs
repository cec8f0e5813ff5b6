using System.Text.Json.Nodes;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.Deploy.Tests;

/// <summary>The schema knows the controller's configuration, so that a misspelt key never gets as far as a pod.</summary>
public sealed class ChartSchemaTests
{
    [Fact]
    public void EveryConfigurationKeyIsInTheSchema()
    {
        var schema = Schema();
        var wrong = ConfigurationKeys.All
            .Where(key => schema[key.Name] is not { } found || (string?)found["description"] != key.Description || (string?)found["type"] != TypeOf(key))
            .Select(key => $$"""      "{{key.Name}}": {"description": "{{key.Description}}", "type": "{{TypeOf(key)}}"},""");
        Assert.True(!wrong.Any(), $"config.properties in {DeployFolder.Chart}/values.schema.json should have:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void TheSchemaHasNoOtherConfigurationKeys() =>
        Assert.Empty(Schema().Select(property => property.Key).Except(ConfigurationKeys.All.Select(key => key.Name)));

    private static JsonObject Schema() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(DeployFolder.Chart, "values.schema.json")))!["properties"]!["config"]!["properties"]!.AsObject();

    private static string TypeOf(ConfigurationKey key) => key.TypeName switch
    {
        var name when name.StartsWith("a list", StringComparison.Ordinal) => "array",
        var name when name.StartsWith("a mapping", StringComparison.Ordinal) => "object",
        var name when name.StartsWith("a boolean", StringComparison.Ordinal) => "boolean",
        "an integer" => "integer",
        _ => "string",
    };
}
