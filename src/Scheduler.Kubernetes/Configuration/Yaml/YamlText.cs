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
        var isRead = TryParse(text, YamlWords.Yaml11, out var part, out var reason);
        (root, problem) = (part?.ToJson(), reason?.ToString());
        return isRead;
    }

    /// <summary>The same with the place of every key and value.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="words">Which plain words are booleans.</param>
    /// <param name="root">Null when the text is empty, or cannot be read.</param>
    /// <param name="problem">Why it cannot be read.</param>
    internal static bool TryParse(string text, YamlWords words, out YamlPart? root, [NotNullWhen(false)] out YamlProblem? problem)
    {
        (root, problem) = (null, null);
        try
        {
            root = new YamlTreeBuilder(new GuardedParser(new Parser(new StringReader(text))), words).Document();
            return true;
        }
        catch (YamlException e)
        {
            problem = new YamlProblem(TextPlace.Of(e.Start), e.Message);
            return false;
        }
    }
}
