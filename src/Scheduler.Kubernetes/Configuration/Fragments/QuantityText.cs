using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using k8s.Models;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>
/// Kubernetes' notation of amounts. KubernetesClient's own parser takes blanks, throws four sorts of exceptions and overflows
/// on large exponents; here the text is checked first.
/// </summary>
public static partial class QuantityText
{
    private const int LargestExponent = 18;

    /// <summary>True for a decimal number with or without a suffix (<c>m</c>, <c>k</c>, <c>Mi</c>, <c>e3</c> …).</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ResourceQuantity? quantity)
    {
        quantity = null;
        var match = Syntax().Match(text ?? "");
        if (!match.Success || Exponent(match.Groups["exponent"]) is < -LargestExponent or > LargestExponent)
        {
            return false;
        }

        try
        {
            quantity = new ResourceQuantity(text);
            _ = quantity.ToDecimal();
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            quantity = null;
            return false;
        }
    }

    private static int Exponent(Group text) =>
        text.Success ? int.Parse(text.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"\A[+-]?(?:[0-9]{1,24}(?:\.[0-9]{0,24})?|\.[0-9]{1,24})(?:[KMGTPE]i|[numkMGTPE]|[eE](?<exponent>[+-]?[0-9]{1,3}))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Syntax();
}
