using System.Text;

namespace Scheduler.Buildkite;

/// <summary>
/// Shortens texts to a number of bytes of UTF-8, never within a character (stacks-api.md §9: half a character is refused).
/// </summary>
public static class CroppedText
{
    /// <summary>Longest detail of a finished job, in bytes.</summary>
    public const int FinishLimit = 4096;

    /// <summary>Longest detail of a notification, in bytes.</summary>
    public const int NotificationLimit = 255;

    /// <summary>Ends a finish detail that was cropped.</summary>
    public const string FinishMarker = "… (Message was cropped because it exceeded the max size)";

    /// <summary>Ends a notification that was cropped.</summary>
    public const string NotificationMarker = "… (cropped)";

    public static string ForFinish(string detail) => Crop(detail, FinishLimit, FinishMarker);

    public static string ForNotification(string detail) => Crop(detail, NotificationLimit, NotificationMarker);

    /// <summary>The text itself when it fits, else as much of its beginning as fits before the marker.</summary>
    /// <param name="text">The text; a lone surrogate counts as the three bytes it becomes when sent.</param>
    /// <param name="limit">Bytes of UTF-8, at least as many as the marker has.</param>
    /// <param name="marker">What to end a cropped text with.</param>
    public static string Crop(string text, int limit, string marker)
    {
        ArgumentNullException.ThrowIfNull(text);
        var room = limit - Encoding.UTF8.GetByteCount(marker);
        ArgumentOutOfRangeException.ThrowIfNegative(room, nameof(limit));
        if (Encoding.UTF8.GetByteCount(text) <= limit)
        {
            return text;
        }

        var (bytes, kept) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > room)
            {
                break;
            }

            kept += rune.Utf16SequenceLength;
        }

        return string.Concat(text.AsSpan(0, kept), marker);
    }
}
