using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>
/// A values file of the Helm chart, and the configuration the chart makes of it as far as that does not depend on the release.
/// Nothing but what goes into that configuration is kept, above all no token.
/// </summary>
internal sealed class HelmValues
{
    private const string Chart = "agent-stack-k8s";
    private const string Config = "config";

    /// <summary>Keys of the chart that are no keys of the configuration: one of them tells what file this is.</summary>
    private static readonly ImmutableArray<string> ChartKeys =
    [
        "agentToken", "agentStackSecret", "graphqlToken", "admission", "controllerEnv", "fullnameOverride", "nameOverride", "imagePullSecrets",
        "jobs", "monitoring", "networkPolicy", "nodeSelector", "replicas", "resources", "serviceAccountMetadata", "tolerations",
    ];

    private HelmValues(JsonObject values)
    {
        var own = values[Config] as JsonObject ?? [];
        var fullName = Text(values["fullnameOverride"]);
        var secret = Text(values["agentStackSecret"]);
        var configuration = ChartDefaults.Configuration();
        Add("id", fullName);
        Add("namespace", Text((values["jobs"] as JsonObject)?["namespace"]));
        Add("agent-token-secret", secret ?? (fullName is null ? null : SecretOf(fullName)));
        foreach (var (key, value) in own)
        {
            // To Helm, null takes a default of the chart away.
            if (value is not null || !configuration.Remove(key))
            {
                configuration[key] = value?.DeepClone();
            }
        }

        Configuration = configuration;
        Environment = Variables(values["controllerEnv"] as JsonArray ?? []);

        void Add(string key, string? text)
        {
            if (text is not null)
            {
                configuration[key] = text;
            }
        }
    }

    /// <summary>As the configuration file has it.</summary>
    public JsonObject Configuration { get; }

    /// <summary>Variables of <c>controllerEnv</c> whose values stand there.</summary>
    public ImmutableDictionary<string, string> Environment { get; }

    /// <summary>The values in a file; null when it is a configuration.</summary>
    public static HelmValues? In(JsonObject file) =>
        IsValues(file) ? new HelmValues(file)
        : file[Chart] is JsonObject subchart && IsValues(subchart) ? new HelmValues(subchart)
        : null;

    /// <summary>The Secret that the chart makes for a release of this full name.</summary>
    public static string SecretOf(string fullName) => $"{fullName}-secrets";

    private static bool IsValues(JsonObject mapping) => mapping[Config] is JsonObject || ChartKeys.Any(mapping.ContainsKey);

    private static ImmutableDictionary<string, string> Variables(JsonArray list)
    {
        var variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in list.OfType<JsonObject>())
        {
            if (Text(entry["name"]) is { } name && entry["value"] is JsonValue value && value.TryGetValue<string>(out var text))
            {
                variables[name] = text;
            }
        }

        return variables.ToImmutable();
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
