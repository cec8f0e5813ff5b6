using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace Scheduler.Kubernetes.Configuration.Yaml;

/// <summary>
/// YAML 1.1 as the original's library reads it, made a JSON tree: <c>yes</c> and <c>on</c> are booleans, <c>0755</c> is octal,
/// duplicate keys are allowed and the last wins (the chart writes its defaults first), merge keys work, documents after the
/// first are ignored. JSON is YAML, too.
/// </summary>
public static class YamlText
{
    /// <summary>False, with line and reason in <paramref name="problem"/>, when the text cannot be read. An empty text reads as null.</summary>
    public static bool TryRead(string text, out JsonNode? root, [NotNullWhen(false)] out string? problem)
    {
        (root, problem) = (null, null);
        try
        {
            root = new YamlTreeBuilder(new GuardedParser(new Parser(new StringReader(text)))).Document();
            return true;
        }
        catch (YamlException e)
        {
            problem = $"line {e.Start.Line}, column {e.Start.Column}: {e.Message}";
            return false;
        }
    }
}
