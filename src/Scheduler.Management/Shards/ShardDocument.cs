namespace Scheduler.Management.Shards;

/// <summary>One shard and how many job actors live in it.</summary>
internal sealed record ShardDocument(string ShardId, int NumEntities);
