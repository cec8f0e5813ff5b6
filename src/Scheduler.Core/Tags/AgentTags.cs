using System.Collections.Immutable;

namespace Scheduler.Core.Tags;

/// <summary>The tags this controller offers, and the rule which jobs they fit (controller-behaviour.md §5, §19.1).</summary>
public sealed class AgentTags
{
    /// <summary>Chooses the resources of a job's pod; every controller fits it.</summary>
    public const string ResourceClass = "resource_class";

    private readonly ImmutableDictionary<string, string> _offered;

    private AgentTags(ImmutableDictionary<string, string> offered) => _offered = offered;

    /// <summary>The offered tags by key.</summary>
    public IReadOnlyDictionary<string, string> Offered => _offered;

    /// <summary>Reads <c>key=value</c> tags, split at the first <c>=</c>; of two with one key the later counts.</summary>
    /// <exception cref="FormatException">A tag has no <c>=</c>; the message names all such tags.</exception>
    public static AgentTags Parse(IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var offered = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var malformed = new List<string>();
        foreach (var tag in tags)
        {
            if (Split(tag) is var (key, value))
            {
                offered[key] = value;
            }
            else
            {
                malformed.Add(tag);
            }
        }

        return malformed.Count == 0
            ? new AgentTags(offered.ToImmutable())
            : throw new FormatException($"tags must have the form key=value, which is not so for: {string.Join(", ", malformed)}");
    }

    /// <summary>Sets the queue tag to the queue that is polled, so that a job's queue rule fits.</summary>
    public AgentTags WithQueue(string queue) => new(_offered.SetItem("queue", queue));

    /// <summary>
    /// A job fits when each of its rules names an offered tag with the same value or <c>*</c>. Rules without <c>=</c> are ignored.
    /// </summary>
    public bool Fit(ImmutableArray<string> agentQueryRules)
    {
        foreach (var rule in agentQueryRules)
        {
            if (Split(rule) is not var (key, value) || key == ResourceClass)
            {
                continue;
            }

            if (!_offered.TryGetValue(key, out var offered) || (value != "*" && value != offered))
            {
                return false;
            }
        }

        return true;
    }

    private static (string Key, string Value)? Split(string tag)
    {
        var equals = tag.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? null : (tag[..equals], tag[(equals + 1)..]);
    }
}
