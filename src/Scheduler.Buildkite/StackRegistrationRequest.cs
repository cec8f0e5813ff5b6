using System.Buffers;
using System.Collections.Immutable;

namespace Scheduler.Buildkite;

/// <summary>What a stack says of itself (stacks-api.md §3).</summary>
/// <param name="Key">The stack's name, unique in the organisation: 1 to 80 of <c>A-Z a-z 0-9 _ -</c>.</param>
/// <param name="QueueKey">The queue it serves, at most 100 characters; the aliases of the default queue are passed on as they are.</param>
public sealed record StackRegistrationRequest(string Key, string QueueKey)
{
    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary><c>kubernetes</c> unless a tool says otherwise.</summary>
    public string Type { get; init; } = "kubernetes";

    /// <summary>At most 100 entries, keys of at most 64 and values of at most 256 characters.</summary>
    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Checks the limits the service documents.</summary>
    /// <exception cref="ArgumentException">One is broken; the message names it.</exception>
    public void Validate()
    {
        if (Key.Length is 0 or > 80 || Key.AsSpan().ContainsAnyExcept(KeyCharacters))
        {
            throw new ArgumentException($"the stack key '{Key}' must be 1 to 80 letters, digits, '_' or '-'; change the controller's id");
        }

        if (QueueKey.Length is 0 or > 100)
        {
            throw new ArgumentException($"the queue key '{QueueKey}' must have 1 to 100 characters; change the queue tag");
        }

        if (Metadata.Count > 100)
        {
            throw new ArgumentException($"a stack can have at most 100 metadata entries, not {Metadata.Count}");
        }

        foreach (var (key, value) in Metadata)
        {
            if (key.Length > 64 || value.Length > 256)
            {
                throw new ArgumentException(
                    $"the metadata entry '{key}' must have a key of at most 64 and a value of at most 256 characters");
            }
        }
    }
}
