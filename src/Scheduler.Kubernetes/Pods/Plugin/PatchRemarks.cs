using System.Text.Json.Nodes;
using Scheduler.Kubernetes.Configuration.Fragments;

namespace Scheduler.Kubernetes.Pods.Plugin;

/// <summary>What authors of <c>podSpecPatch</c> expect of it and do not get: nulls and directives have no effect.</summary>
internal static class PatchRemarks
{
    private const string Patch = "podSpecPatch";

    /// <summary>The issue in words; a directive is an unknown key with an explanation.</summary>
    public static string Explain(FragmentIssue issue) => issue.Kind == FragmentIssueKind.UnknownField && IsDirective(issue.Path)
        ? $"{issue.Path} has no effect: directives of strategic merge patches are not supported"
        : issue.Message;

    public static bool IsInPatch(string path) => path.StartsWith(Patch, StringComparison.OrdinalIgnoreCase);

    /// <summary>The paths of all nulls in the patch.</summary>
    public static IEnumerable<string> Nulls(JsonNode configuration) => configuration is JsonObject map
        ? map.Where(member => member.Key.Equals(Patch, StringComparison.OrdinalIgnoreCase)).SelectMany(member => NullsIn(member.Value, Patch))
        : [];

    public static string NullMessage(string path) => $"{path} is null, which deletes nothing";

    private static bool IsDirective(string path) =>
        IsInPatch(path) && (path.Contains(".$", StringComparison.Ordinal) || path.Contains("[\"$", StringComparison.Ordinal));

    private static IEnumerable<string> NullsIn(JsonNode? node, string path)
    {
        var children = node switch
        {
            JsonObject map => map.Select(member => (Path: FragmentText.Child(path, member.Key), member.Value)),
            JsonArray list => list.Index().Select(element => (Path: FormattableString.Invariant($"{path}[{element.Index}]"), Value: element.Item)),
            _ => [],
        };
        foreach (var (at, value) in children)
        {
            if (value is null && node is JsonObject)
            {
                yield return at;
            }

            foreach (var below in NullsIn(value, at))
            {
                yield return below;
            }
        }
    }
}
