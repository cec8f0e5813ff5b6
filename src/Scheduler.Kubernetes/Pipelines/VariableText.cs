using System.Text.RegularExpressions;

namespace Scheduler.Kubernetes.Pipelines;

/// <summary>Texts of pipeline files that Buildkite replaces parts of: <c>$NAME</c>, <c>${NAME}</c> and <c>{{matrix}}</c>.</summary>
internal static partial class VariableText
{
    public static bool Contains(string text) => Variable().IsMatch(text);

    /// <summary>Two dollars or a backslash before one stand for the dollar itself.</summary>
    [GeneratedRegex(@"(?<![\\$])(?:\$\$)*\$[A-Za-z_{]|\{\{")]
    private static partial Regex Variable();
}
