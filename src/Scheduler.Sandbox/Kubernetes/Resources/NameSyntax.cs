using System.Text.RegularExpressions;

namespace Scheduler.Sandbox.Kubernetes.Resources;

/// <summary>The spellings Kubernetes allows, each answering with what is wrong, or null when nothing is.</summary>
internal static partial class NameSyntax
{
    private const string Subdomain = @"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
    private const string Label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string QualifiedNamePart = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private const string Value = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
    private const string Variable = "[-._a-zA-Z][-._a-zA-Z0-9]*";
    private const string Key = "[-._a-zA-Z0-9]+";

    private const string SubdomainProblem =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with "
        + $"an alphanumeric character (e.g. 'example.com', regex used for validation is '{Subdomain}')";

    private const string LabelProblem =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with "
        + $"an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '{Label}')";

    private const string QualifiedNameProblem =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with "
        + $"an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '{QualifiedNamePart}')";

    private const string ValueProblem =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with "
        + $"an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '{Value}')";

    private const string VariableProblem =
        "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with "
        + $"a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '{Variable}')";

    private const string KeyProblem =
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' "
        + $"(e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '{Key}')";

    public static string? ProblemOfSubdomain(string text) => Problem(text, 253, SubdomainPattern(), SubdomainProblem);

    public static string? ProblemOfLabel(string text) => Problem(text, 63, LabelPattern(), LabelProblem);

    public static string? ProblemOfLabelValue(string text) => Problem(text, 63, ValuePattern(), ValueProblem);

    public static string? ProblemOfVariable(string text) => Problem(text, int.MaxValue, VariablePattern(), VariableProblem);

    public static string? ProblemOfConfigKey(string text) => Problem(text, 253, KeyPattern(), KeyProblem);

    /// <summary>A label or annotation key: an optional DNS prefix, a slash and a name.</summary>
    public static string? ProblemOfQualifiedName(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var prefix = slash < 0 ? null : text[..slash];
        var name = text[(slash + 1)..];
        if (prefix is not null && (name.Contains('/', StringComparison.Ordinal)))
        {
            return "a qualified name " + QualifiedNameProblem["name part ".Length..] + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
        }

        return prefix switch
        {
            "" => "prefix part must be non-empty",
            { } when Problem(prefix, 253, SubdomainPattern(), SubdomainProblem) is { } problem => "prefix part " + problem,
            _ => name.Length == 0 ? "name part must be non-empty"
                : name.Length > 63 ? "name part must be no more than 63 characters"
                : QualifiedNamePattern().IsMatch(name) ? null : QualifiedNameProblem,
        };
    }

    private static string? Problem(string text, int limit, Regex pattern, string problem) =>
        text.Length > limit ? $"must be no more than {limit} characters" : pattern.IsMatch(text) ? null : problem;

    [GeneratedRegex($@"\A{Subdomain}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SubdomainPattern();

    [GeneratedRegex($@"\A{Label}\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelPattern();

    [GeneratedRegex($@"\A{QualifiedNamePart}\z", RegexOptions.CultureInvariant)]
    private static partial Regex QualifiedNamePattern();

    [GeneratedRegex($@"\A{Value}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ValuePattern();

    [GeneratedRegex($@"\A{Variable}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariablePattern();

    [GeneratedRegex($@"\A{Key}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();
}
