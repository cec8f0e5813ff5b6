using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Resources;

namespace Scheduler.Sandbox.Kubernetes.Selecting;

/// <summary>A <c>labelSelector</c>: all its requirements must hold.</summary>
internal sealed partial record LabelSelector(ImmutableArray<LabelRequirement> Requirements)
{
    public static readonly LabelSelector Everything = new(ImmutableArray<LabelRequirement>.Empty);

    public bool Matches(ImmutableSortedDictionary<string, string> labels) =>
        Requirements.All(requirement => requirement.Matches(labels));

    /// <exception cref="ApiError">400 when the text is not a selector.</exception>
    public static LabelSelector Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Everything;
        }

        return new LabelSelector([.. Separator().Split(text).Select(part => ParseRequirement(part.Trim()))]);
    }

    private static LabelRequirement ParseRequirement(string text)
    {
        var match = Requirement().Match(text);
        if (!match.Success)
        {
            throw ApiError.BadRequest($"unable to parse requirement: found '{text}', expected: key, !key, key=value, key!=value, key in (…) or key notin (…)");
        }

        var key = match.Groups["key"].Value;
        if (NameSyntax.ProblemOfQualifiedName(key) is { } wrongKey)
        {
            throw ApiError.BadRequest($"unable to parse requirement: <nil>: Invalid value: \"{key}\": {wrongKey}");
        }

        if (match.Groups["set"].Success)
        {
            return new LabelRequirement(
                key, Checked(match.Groups["values"].Value.Split(',')), match.Groups["set"].Value == "notin");
        }

        return match.Groups["operator"].Success
            ? new LabelRequirement(key, Checked([match.Groups["value"].Value]), match.Groups["operator"].Value == "!=")
            : new LabelRequirement(key, null, match.Groups["not"].Success);
    }

    private static ImmutableArray<string> Checked(string[] values)
    {
        foreach (var value in values)
        {
            if (NameSyntax.ProblemOfLabelValue(value.Trim()) is { } problem)
            {
                throw ApiError.BadRequest($"unable to parse requirement: values[0][{value.Trim()}]: Invalid value: \"{value.Trim()}\": {problem}");
            }
        }

        return [.. values.Select(value => value.Trim())];
    }

    // Commas between requirements, not those within parentheses.
    [GeneratedRegex(@",(?![^(]*\))", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    [GeneratedRegex(
        @"\A(?:(?<key>[^\s!=,()]+)\s+(?<set>in|notin)\s*\((?<values>[^()]*)\)|(?<key>[^\s!=,()]+)\s*(?<operator>==|=|!=)\s*(?<value>[^\s!=,()]*)|(?<not>!)?\s*(?<key>[^\s!=,()]+))\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Requirement();
}
