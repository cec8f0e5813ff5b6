using System.Buffers;

namespace Scheduler.Kubernetes.Pods;

/// <summary>What Kubernetes takes as the name part and the value of a label.</summary>
internal static class LabelSyntax
{
    private const int Longest = 63;

    private const string Rule = "63 letters, digits, '-', '_' or '.', with a letter or digit at both ends";

    private const string Alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Ends = SearchValues.Create(Alphanumeric);

    private static readonly SearchValues<char> Inside = SearchValues.Create(Alphanumeric + "-_.");

    /// <summary>Why a tag cannot be a label; null when it can.</summary>
    public static string? Problem(string key, string value) =>
        !IsToken(key) ? $"the key must be 1 to {Rule}"
        : value.Length > 0 && !IsToken(value) ? $"the value must be empty or at most {Rule}"
        : null;

    /// <summary>All characters allowed are of one byte, so characters may be counted where Kubernetes counts bytes.</summary>
    private static bool IsToken(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= Longest && !text.ContainsAnyExcept(Inside) && Ends.Contains(text[0]) && Ends.Contains(text[^1]);
}
