using System.Collections.Immutable;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>The present state and, as far as answers may lag behind, the states before it.</summary>
/// <param name="Current">The present.</param>
/// <param name="Since">When it became so.</param>
/// <param name="Past">Earlier states with the time each began, oldest first; the first one may have begun long ago.</param>
public sealed record Timeline(
    BuildkiteState Current, DateTimeOffset Since, ImmutableQueue<(DateTimeOffset Since, BuildkiteState State)> Past)
{
    /// <summary>Moves on to the next state, remembering no more than what is needed to look back for <paramref name="memory"/>.</summary>
    public Timeline Then(BuildkiteState next, DateTimeOffset now, TimeSpan memory)
    {
        if (memory <= TimeSpan.Zero)
        {
            return this with { Current = next, Since = now };
        }

        var past = Past.Enqueue((Since, Current));
        var needed = now - memory;
        while (!past.IsEmpty && past.Dequeue() is { IsEmpty: false } rest && rest.Peek().Since <= needed)
        {
            past = rest;
        }

        return new Timeline(next, now, past);
    }

    /// <summary>The state as it was at that time; the oldest one remembered if that is younger.</summary>
    public BuildkiteState AsOf(DateTimeOffset time)
    {
        if (Since <= time || Past.IsEmpty)
        {
            return Current;
        }

        var found = Past.Peek().State;
        foreach (var (since, state) in Past)
        {
            if (since > time)
            {
                break;
            }

            found = state;
        }

        return found;
    }
}
