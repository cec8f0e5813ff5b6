using Scheduler.Management.Limiter;
using Scheduler.Management.Members;
using Scheduler.Management.Shards;

namespace Scheduler.Status;

/// <summary>A cluster as one of its nodes shows it.</summary>
/// <param name="Members">Who is in it.</param>
/// <param name="Singletons">Where the singletons are and how they do.</param>
/// <param name="Shards">Which node has which shards; null when they could not be asked in time.</param>
internal sealed record ClusterStatus(MembersDocument Members, SingletonsDocument Singletons, ShardStatsDocument? Shards);
