using System.Collections.Immutable;
using Scheduler.Core.Text;

namespace Scheduler.Kubernetes.Pods;

/// <summary>The tags a job asks for, in the order they were given (pod-building.md §14).</summary>
internal sealed class JobTags
{
    private const string VersionTag = "k8s:agent-stack-version";

    private readonly List<KeyValuePair<string, string>> _tags;

    private JobTags(List<KeyValuePair<string, string>> tags) => _tags = tags;

    /// <summary>Splits each rule at the first <c>=</c>; of equal keys the last value counts. Rules without one are warned of.</summary>
    public static JobTags Parse(ImmutableArray<string> rules, List<string> warnings)
    {
        var tags = new List<KeyValuePair<string, string>>();
        foreach (var rule in rules.IsDefault ? [] : rules)
        {
            var equals = rule.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                warnings.Add($"invalid agent tag: {GoText.Quote(rule)}");
                continue;
            }

            Set(tags, rule[..equals], rule[(equals + 1)..]);
        }

        return new JobTags(tags);
    }

    public string? Find(string key)
    {
        foreach (var (known, value) in _tags)
        {
            if (known == key)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Tags as labels; those that cannot be labels are warned of.</summary>
    public void AddLabels(IDictionary<string, string> labels, List<string> warnings)
    {
        foreach (var (key, value) in _tags)
        {
            if (LabelSyntax.Problem(key, value) is { } problem)
            {
                warnings.Add($"agent tag {GoText.Quote($"{key}={value}")} is left out of the labels: {problem}");
            }
            else
            {
                labels[Naming.JobLabels.TagPrefix + key] = value;
            }
        }
    }

    /// <summary>All tags for the agent, the version of this program first. Nothing is escaped: the agent splits at commas.</summary>
    public string ForAgent(string version)
    {
        var all = new List<KeyValuePair<string, string>>(_tags.Count + 1) { new(VersionTag, version) };
        foreach (var (key, value) in _tags)
        {
            Set(all, key, value);
        }

        return string.Join(',', all.Select(tag => $"{tag.Key}={tag.Value}"));
    }

    private static void Set(List<KeyValuePair<string, string>> tags, string key, string value)
    {
        var known = tags.FindIndex(tag => tag.Key == key);
        if (known < 0)
        {
            tags.Add(new(key, value));
        }
        else
        {
            tags[known] = new(key, value);
        }
    }
}
