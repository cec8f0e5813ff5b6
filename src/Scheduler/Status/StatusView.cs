using System.Globalization;
using Scheduler.Core.Text;
using Scheduler.Management.Limiter;
using Spectre.Console;

namespace Scheduler.Status;

/// <summary>A cluster's status as tables.</summary>
internal static class StatusView
{
    private const int MostHolders = 10;

    /// <summary>In characters.</summary>
    private const int LongestCell = 500;

    public static void Print(ClusterStatus status, IAnsiConsole console)
    {
        console.Write(Members(status));
        console.Write(Singletons(status.Singletons));
        if (status.Singletons.Limiter is { } limiter)
        {
            console.Write(Limiter(limiter));
            if (limiter.Holders.Count > 0)
            {
                console.Write(Holders(limiter));
            }
        }
    }

    private static Table Members(ClusterStatus status)
    {
        var table = Titled("Members", "node", "status", "roles", "shards", "jobs", "");
        var unreachable = status.Members.Unreachable.Select(member => member.Node).ToHashSet();
        foreach (var member in status.Members.Members)
        {
            var shards = status.Shards?.Regions.GetValueOrDefault(member.Node)?.Shards;
            string?[] notes =
            [
                member.Node == status.Members.Leader ? "leader" : null,
                member.Node == status.Members.Oldest ? "oldest" : null,
                member.Node == status.Members.SelfNode ? "asked" : null,
                unreachable.Contains(member.Node) ? "unreachable" : null,
            ];
            table.AddRow(
                Cell(member.Node),
                Cell(member.Status),
                Cell(string.Join(", ", member.Roles)),
                Cell(Number(shards?.Count)),
                Cell(Number(shards?.Sum(shard => shard.NumEntities))),
                Cell(string.Join(", ", notes.Where(note => note is not null))));
        }

        return table;
    }

    private static Table Singletons(SingletonsDocument singletons)
    {
        var table = Titled("Singletons", "name", "node", "state");
        Add("limiter", singletons.Limiter?.Node, singletons.Limiter is { } l
            ? $"{l.Phase}{(l.Epoch is { } epoch ? $", epoch {epoch}" : "")}{(l.LeaseHolder is { } holder ? $", lease held as {holder}" : "")}"
            : null, singletons.Limiter?.Stale, singletons.Limiter?.AgeSeconds);
        Add("fetcher", singletons.Fetcher?.Node, singletons.Fetcher is { } f
            ? $"{f.Waiting} waiting, {f.Launching} launching{(f.Paused ? ", queue paused" : "")}, {(f.LastPollSecondsAgo is { } ago ? $"polled {ago:F1} s ago" : "not polled yet")}"
            : null, singletons.Fetcher?.Stale, singletons.Fetcher?.AgeSeconds);
        Add("watcher", singletons.Watcher?.Node, singletons.Watcher is { } w
            ? $"{(w.Synced ? "synced" : "not synced")}, {w.Known} jobs known{(w.Trouble is { } trouble ? $", {trouble}" : "")}"
            : null, singletons.Watcher?.Stale, singletons.Watcher?.AgeSeconds);
        return table;

        void Add(string name, string? node, string? state, bool? stale, double? age) => table.AddRow(
            Cell(name),
            Cell(node ?? "?"),
            Cell(state is null ? "does not answer; it may be moving"
                : stale == true ? FormattableString.Invariant($"does not answer; {age:F0} s ago: {state}")
                : state));
    }

    private static Table Limiter(LimiterDocument limiter)
    {
        var table = Titled("Limiter", "limit", "in flight", "free", "waiting for a token");
        table.AddRow(
            Cell(limiter.Limit == 0 ? "none" : Number(limiter.Limit)),
            Cell(Number(limiter.InFlight)),
            Cell(Number(limiter.Free)),
            Cell(Number(limiter.Waiters)));
        return table;
    }

    private static Table Holders(LimiterDocument limiter)
    {
        var table = Titled("Tokens, oldest first", "job", "state", "age");
        foreach (var holder in limiter.Holders.Take(MostHolders))
        {
            table.AddRow(
                Cell(holder.Job),
                Cell(holder.State),
                Cell(TimeSpan.FromSeconds(Math.Floor(holder.AgeSeconds)).ToString("c", CultureInfo.InvariantCulture)));
        }

        if (limiter.InFlight > MostHolders)
        {
            table.Caption($"and {limiter.InFlight - MostHolders} more; --json shows up to {limiter.Holders.Count}");
        }

        return table;
    }

    private static Table Titled(string title, params string[] columns)
    {
        var table = new Table().Title(title).Border(TableBorder.Rounded);
        foreach (var column in columns)
        {
            table.AddColumn(column);
        }

        return table;
    }

    private static Text Cell(string text) => new(PlainText.Line(text, LongestCell));

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
