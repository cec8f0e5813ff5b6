using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;

namespace Scheduler.Cluster.Limiter;

/// <summary>
/// Since when each holder is known, for people. Kept beside the ledger, which has no use for it, and brought up to date a few
/// times a second, so an age is right to within that.
/// </summary>
internal sealed class HolderAges
{
    private readonly Dictionary<JobId, Moment> _since = [];
    private ImmutableDictionary<JobId, Holder> _seen = ImmutableDictionary<JobId, Holder>.Empty;

    public void Update(ImmutableDictionary<JobId, Holder> holders, Moment now)
    {
        if (ReferenceEquals(holders, _seen))
        {
            return;
        }

        _seen = holders;
        foreach (var gone in _since.Keys.Where(job => !holders.ContainsKey(job)).ToArray())
        {
            _since.Remove(gone);
        }

        foreach (var job in holders.Keys)
        {
            _since.TryAdd(job, now);
        }
    }

    /// <summary>Oldest first, at most <paramref name="most"/>; of those seen at the last update.</summary>
    public IEnumerable<(Holder Holder, TimeSpan Age)> Oldest(int most, Moment now) =>
        _since.OrderBy(entry => entry.Value).ThenBy(entry => entry.Key).Take(most).Select(entry => (_seen[entry.Key], now - entry.Value));
}
