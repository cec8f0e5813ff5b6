using Scheduler.Kubernetes.Configuration;

namespace Scheduler.Deploy.Tests.Schema;

/// <summary>The schema knows the controller's configuration, so that a misspelt key never gets as far as a pod.</summary>
public sealed class ChartSchemaTests
{
    [Fact]
    public void EveryConfigurationKeyIsInTheSchema()
    {
        var schema = ChartSchema.Configuration();
        var wrong = ConfigurationKeys.All
            .Where(key => schema[key.Name] is not { } found || (string?)found["description"] != key.Description || (string?)found["type"] != TypeOf(key))
            .Select(key => $$"""      "{{key.Name}}": {"description": "{{key.Description}}", "type": "{{TypeOf(key)}}"},""");
        Assert.True(!wrong.Any(), $"config.properties in {ChartSchema.File} should have:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void TheSchemaHasNoOtherConfigurationKeys() =>
        Assert.Empty(ChartSchema.Configuration().Select(property => property.Key).Except(ConfigurationKeys.All.Select(key => key.Name)));

    [Fact]
    public void WhatIsInsideOfKeysIsDefinedAsTheControllerReadsIt()
    {
        var wanted = ChartSchema.WithDefinitions();
        if (Environment.GetEnvironmentVariable(ChartSchema.WriteVariable) is { Length: > 0 })
        {
            File.WriteAllText(ChartSchema.File, wanted);
        }
        else
        {
            Assert.True(
                wanted == ChartSchema.Text,
                $"{ChartSchema.File} is not up to date; write it anew: "
                + $"{ChartSchema.WriteVariable}=1 dotnet test tests/Scheduler.Deploy.Tests --filter {nameof(WhatIsInsideOfKeysIsDefinedAsTheControllerReadsIt)}");
        }
    }

    /// <summary>What <c>scheduler check --config VALUES.yaml</c> takes for the chart's defaults.</summary>
    [Fact]
    public void TheProgramKnowsTheChartsDefaults()
    {
        Assert.True(Scheduler.Kubernetes.Configuration.Yaml.YamlText.TryRead(
            File.ReadAllText(Path.Combine(DeployFolder.Chart, "values.yaml")), out var values, out _));
        Assert.Equal(values!["config"]!.ToJsonString(), ChartDefaults.Configuration().ToJsonString());
    }

    private static string TypeOf(ConfigurationKey key) => key.TypeName switch
    {
        var name when name.StartsWith("a list", StringComparison.Ordinal) => "array",
        var name when name.StartsWith("a mapping", StringComparison.Ordinal) => "object",
        var name when name.StartsWith("a boolean", StringComparison.Ordinal) => "boolean",
        "an integer" => "integer",
        _ => "string",
    };
}
