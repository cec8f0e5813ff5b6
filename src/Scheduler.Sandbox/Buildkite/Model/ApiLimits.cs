using System.Buffers;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>Sizes that the API enforces (stacks-api.md §14).</summary>
public static class ApiLimits
{
    /// <summary>Jobs of a page, ids of a reserve or get-states call, notifications of a call.</summary>
    public const int Batch = 1000;

    /// <summary>Page size when the caller names none; the real default is not documented.</summary>
    public const int DefaultPage = 100;

    public const int NotificationsPerJob = 100;

    /// <summary>Characters of a notification.</summary>
    public const int NotificationDetail = 256;

    /// <summary>UTF-8 bytes of the detail of a finish call.</summary>
    public const int FinishDetailBytes = 4096;

    public const int StackKeyLength = 80;

    public const int QueueKeyLength = 100;

    public const int MetadataKeys = 100;

    public const int MetadataKeyLength = 64;

    public const int MetadataValueLength = 256;

    public const int DefaultExpirySeconds = 900;

    public const int MaxExpirySeconds = 3600;

    /// <summary>How long after its end a job still takes notifications.</summary>
    public static readonly TimeSpan NotificationAfterEnd = TimeSpan.FromSeconds(300);

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    /// <summary>Letters, digits, <c>_</c> and <c>-</c> only, and at least one of them.</summary>
    public static bool IsKey(string? text, int longest) =>
        text is { Length: > 0 } && text.Length <= longest && !text.AsSpan().ContainsAnyExcept(KeyCharacters);
}
