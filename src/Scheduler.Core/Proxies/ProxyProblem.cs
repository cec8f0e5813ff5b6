namespace Scheduler.Core.Proxies;

/// <summary>Something wrong with a variable about proxies.</summary>
/// <param name="Variable">Its name.</param>
/// <param name="Value">What may be shown of it: no user, no password.</param>
/// <param name="Problem">The end of a sentence that begins with variable and value.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="IsFatal">It is not known what was meant; otherwise the rest of the variable holds.</param>
public sealed record ProxyProblem(string Variable, string Value, string Problem, string Remedy, bool IsFatal)
{
    internal const string UrlRemedy =
        "write it as http://host:port, https://host:port or socks5://host:port, user and password in front of the host with special characters as %XX";

    /// <summary>One line.</summary>
    public override string ToString() => $"{Variable}: '{Value}' {Problem}; {Remedy}";
}
