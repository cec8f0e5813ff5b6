using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>
/// Integers as Go reads them: decimal, <c>0x10</c>, <c>0b11</c>, <c>0o17</c>, a leading zero means octal, <c>_</c> between digits.
/// </summary>
public static partial class GoInteger
{
    private const int MostDigits = 80;

    /// <summary>False also for what does not fit into 64 bits.</summary>
    public static bool TryParse(string? text, out long value)
    {
        value = 0;
        var match = Syntax().Match(text ?? "");
        if (!match.Success || match.Length > MostDigits)
        {
            return false;
        }

        var (radix, digits) = match.Groups["hex"].Success ? (16, match.Groups["hex"].Value)
            : match.Groups["bin"].Success ? (2, match.Groups["bin"].Value)
            : match.Groups["oct"].Success ? (8, match.Groups["oct"].Value)
            : (10, match.Groups["dec"].Value);
        var amount = BigInteger.Zero;
        foreach (var digit in digits.Where(digit => digit != '_'))
        {
            amount = (amount * radix) + int.Parse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        amount = match.Groups["sign"].Value == "-" ? -amount : amount;
        var fits = amount >= long.MinValue && amount <= long.MaxValue;
        value = fits ? (long)amount : 0;
        return fits;
    }

    [GeneratedRegex(
        @"\A(?<sign>[+-]?)(?:0[xX](?<hex>(?:_?[0-9a-fA-F])+)|0[bB](?<bin>(?:_?[01])+)" +
        @"|0[oO](?<oct>(?:_?[0-7])+)|0(?<oct>(?:_?[0-7])+)|(?<dec>0|[1-9](?:_?[0-9])*))\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Syntax();
}
