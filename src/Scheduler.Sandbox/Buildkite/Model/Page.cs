using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Scheduler.Core.Identity;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>One page of a queue's list (stacks-api.md §5).</summary>
/// <param name="Jobs">Oldest first.</param>
/// <param name="HasNext">Whether jobs stand behind the page.</param>
/// <param name="EndCursor">Opaque text for the page behind; null for an empty page.</param>
public sealed record Page(ImmutableArray<Job> Jobs, bool HasNext, string? EndCursor)
{
    /// <summary>Reads the page behind a place in the list. The place need not be taken any more.</summary>
    /// <param name="state">What to read from.</param>
    /// <param name="queue">One of the state's queues.</param>
    /// <param name="after">Null for the first page.</param>
    /// <param name="limit">At least 1.</param>
    /// <param name="shift">For fault injection: moves the page by so many jobs, back into the page before if negative.</param>
    public static Page Read(BuildkiteState state, QueueState queue, Slot? after, int limit, int shift = 0)
    {
        var start = after is { } place ? Behind(queue.Scheduled, place) : 0;
        start = Math.Clamp(start + shift, 0, queue.Scheduled.Count);
        var end = Math.Min(start + limit, queue.Scheduled.Count);
        var jobs = ImmutableArray.CreateBuilder<Job>(end - start);
        for (var index = start; index < end; index++)
        {
            jobs.Add(state.Jobs[queue.Scheduled[index].Id]);
        }

        return new Page(jobs.MoveToImmutable(), end < queue.Scheduled.Count, end > start ? ToCursor(queue.Scheduled[end - 1]) : null);
    }

    /// <summary>Reads a cursor that <see cref="Read"/> made.</summary>
    public static bool TryParseCursor(string text, out Slot after)
    {
        after = default;
        Span<byte> bytes = stackalloc byte[64];
        if (!Base64.IsValid(text) || !Convert.TryFromBase64String(text, bytes, out var length))
        {
            return false;
        }

        var parts = Encoding.ASCII.GetString(bytes[..length]).Split(':');
        if (parts.Length != 2 ||
            !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ||
            !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ||
            ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        after = new Slot(new DateTimeOffset(ticks, TimeSpan.Zero), sequence, default(JobId));
        return true;
    }

    private static string ToCursor(Slot slot) => Convert.ToBase64String(
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{slot.ScheduledAt.UtcTicks}:{slot.Sequence}")));

    private static int Behind(ImmutableSortedSet<Slot> slots, Slot place)
    {
        var index = slots.IndexOf(place);
        return index >= 0 ? index + 1 : ~index;
    }
}
