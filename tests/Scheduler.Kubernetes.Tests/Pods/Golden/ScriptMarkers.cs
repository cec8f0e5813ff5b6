using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Scheduler.Kubernetes.Tests.Pods.Golden;

/// <summary>Puts markers where the texts of the scripts are, for the golden cases hold only facts about those.</summary>
internal static partial class ScriptMarkers
{
    public static void Apply(JsonNode pod)
    {
        foreach (var list in new[] { "initContainers", "containers" })
        {
            foreach (var container in pod[list]?.AsArray() ?? [])
            {
                Apply(container!.AsObject());
            }
        }
    }

    private static void Apply(JsonObject container)
    {
        var args = container["args"]?.AsArray();
        switch ((string?)container["name"], args?.Count)
        {
            case ("copy-agent", 2):
                args![1] = CopyAgent((string)args[1]!);
                break;
            case ("checkout", 1):
                args![0] = Checkout((string)args[0]!);
                break;
        }
    }

    private static string CopyAgent(string script)
    {
        if (!script.Contains("tini-static", StringComparison.Ordinal) || !script.Contains("buildkite-agent", StringComparison.Ordinal))
        {
            return script;
        }

        var chown = ChownOfWorkspace().Match(script);
        return $"<script: chown={(chown.Success ? chown.Groups["owner"].Value : "none")}>";
    }

    private static string Checkout(string script)
    {
        if (!script.Contains("buildkite-agent-entrypoint kubernetes-bootstrap", StringComparison.Ordinal))
        {
            return script;
        }

        var user = Id(UserId(), script);
        var group = Id(GroupId(), script);
        var credentials = script.Contains("credential.helper", StringComparison.Ordinal);
        return user == "0" && !credentials
            ? "<script>"
            : $"<script: uid={user} gid={group} git-credentials={(credentials ? "yes" : "no")}>";
    }

    private static string Id(Regex regex, string script) => regex.Match(script) is { Success: true } match ? match.Groups["id"].Value : "0";

    [GeneratedRegex(@"chown -R (?<owner>\S+) /workspace", RegexOptions.ExplicitCapture)]
    private static partial Regex ChownOfWorkspace();

    [GeneratedRegex(@"(adduser|useradd) (.* )?-u (?<id>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex UserId();

    [GeneratedRegex(@"(addgroup|groupadd) (.* )?-g (?<id>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex GroupId();
}
