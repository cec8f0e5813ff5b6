using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Scheduler.Buildkite.Wire;

/// <summary>
/// Shares equal lists of agent query rules, and the rules in them, among the jobs of a stack: a hundred thousand waiting jobs
/// differ in few of them. Fits the queue rule on the way in. Bounded: when it is full it starts anew. Safe for concurrent use.
/// </summary>
internal sealed class RuleTable(string queue, int capacity = 8192)
{
    private readonly string? _queueRule = DefaultQueue.IsAlias(queue) ? null : $"queue={queue}";
    private readonly ConcurrentDictionary<string, string> _rules = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string[], ImmutableArray<string>> _lists = new(new RuleListComparer());
    private int _entries;

    /// <summary>The one string equal to this text.</summary>
    public string Rule(ReadOnlySpan<char> text)
    {
        var byText = _rules.GetAlternateLookup<ReadOnlySpan<char>>();
        if (byText.TryGetValue(text, out var known))
        {
            return known;
        }

        Count();
        var rule = text.ToString();
        return _rules.GetOrAdd(rule, rule);
    }

    /// <summary>The one list for these rules, as they came, with the queue rule fitted.</summary>
    public ImmutableArray<string> List(ReadOnlySpan<string> rules)
    {
        var byRules = _lists.GetAlternateLookup<ReadOnlySpan<string>>();
        if (byRules.TryGetValue(rules, out var known))
        {
            return known;
        }

        Count();
        return _lists.GetOrAdd(rules.ToArray(), QueueRule.Fit(rules, _queueRule));
    }

    private void Count()
    {
        if (Interlocked.Increment(ref _entries) > capacity)
        {
            _rules.Clear();
            _lists.Clear();
            Interlocked.Exchange(ref _entries, 0);
        }
    }
}
