using CsCheck;
using Scheduler.Core.Identity;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Tests.Buildkite;

public sealed class PagingTests
{
    private static readonly DateTimeOffset Start = new(2026, 8, 6, 9, 0, 0, TimeSpan.Zero);

    /// <summary>What happens between two pages: so many jobs are added, and jobs at these places in the queue are reserved or cancelled.</summary>
    private static readonly Gen<(int Added, int[] Reserved, int[] Cancelled, int SecondsPassed)> Between =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 60].Array[0, 4], Gen.Int[0, 60].Array[0, 4], Gen.Int[0, 40]);

    [Fact]
    public void AWalkShowsNoJobTwiceAndEveryJobThatStayed() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 7], Between.Array[0, 60]).Sample((initial, limit, between) =>
        {
            var now = Start;
            var state = Added(new BuildkiteState { Rules = new(), DefaultQueue = "default", MaxStacks = 1 }.WithQueue(""), initial, now);
            var stayed = Scheduled(state);
            var shown = new List<JobId>();
            Slot? after = null;
            for (var step = 0; ; step++)
            {
                var page = Page.Read(state, state.Queues["default"], after, limit);
                shown.AddRange(page.Jobs.Select(job => job.Id));
                if (!page.HasNext || page.EndCursor is null)
                {
                    break;
                }

                Assert.True(Page.TryParseCursor(page.EndCursor, out var next));
                after = next;
                if (step < between.Length)
                {
                    now += TimeSpan.FromSeconds(between[step].SecondsPassed);
                    state = Disturbed(state.Sweep(now), between[step], now);
                    stayed.IntersectWith(Scheduled(state));
                }
            }

            Assert.Equal(shown.Count, shown.Distinct().Count());
            Assert.Superset(stayed, shown.ToHashSet());
        });

    [Fact]
    public async Task ALongListIsWalkedByCursorOverHttp()
    {
        await using var it = await ServerFixture.StartAsync();
        var ids = await it.Server.EnqueueManyAsync(20_000, new NewJob());
        var shown = new List<string>();
        string? cursor = null;
        do
        {
            var page = await it.Client.ListAsync(1000, cursor);
            shown.AddRange(page.JobIds);
            cursor = page.HasNext ? page.EndCursor : null;
        }
        while (cursor is not null);

        Assert.Equal(ids.Select(id => id.ToString()), shown);
    }

    [Fact]
    public async Task ACursorStaysValidWhenItsJobIsGone()
    {
        await using var it = await ServerFixture.StartAsync();
        var ids = await it.Server.EnqueueManyAsync(5, new NewJob());
        var first = await it.Client.ListAsync(2);
        await it.Client.ReserveAsync([ids[1], ids[2]]);

        var rest = await it.Client.ListAsync(1000, first.EndCursor);
        var behindTheEnd = await it.Client.ListAsync(1000, rest.EndCursor);

        Assert.Equal([ids[3].ToString(), ids[4].ToString()], rest.JobIds);
        Assert.Empty(behindTheEnd.JobIds);
        Assert.Null(behindTheEnd.EndCursor);
        Assert.False(behindTheEnd.HasNext);
    }

    private static BuildkiteState Disturbed(BuildkiteState state, (int Added, int[] Reserved, int[] Cancelled, int SecondsPassed) what, DateTimeOffset now)
    {
        var next = Added(state, what.Added, now);
        next = next.Reserve("stack", At(next, what.Reserved), TimeSpan.FromSeconds(60), now).State;
        return At(next, what.Cancelled).Aggregate(next, (seen, id) => seen.Cancel(id, now));
    }

    private static BuildkiteState Added(BuildkiteState state, int count, DateTimeOffset now) =>
        state.Enqueue([.. Enumerable.Range(0, count).Select(_ => new JobId(Guid.NewGuid()))], Template, 0, now);

    private static List<JobId> At(BuildkiteState state, int[] places)
    {
        var slots = state.Queues["default"].Scheduled;
        return [.. places.Where(place => place < slots.Count).Distinct().Select(place => slots[place].Id)];
    }

    private static HashSet<JobId> Scheduled(BuildkiteState state) => [.. state.Queues["default"].Scheduled.Select(slot => slot.Id)];

    private static readonly JobTemplate Template = new()
    {
        Queue = "default",
        Command = "true",
        Env = System.Collections.Frozen.FrozenDictionary<string, string>.Empty,
        AgentQueryRules = [],
        PipelineSlug = "p",
        PipelineUuid = "u",
        BuildUuid = "b",
        BuildNumber = 1,
        Branch = "main",
    };
}
