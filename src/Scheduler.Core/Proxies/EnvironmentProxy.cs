using System.Collections.Immutable;
using System.Net;

namespace Scheduler.Core.Proxies;

/// <summary>
/// The proxies that <c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c> and <c>NO_PROXY</c> name, by the rules of Go programs: the variable for the scheme
/// of the URL that is called counts, in upper case before lower case; an empty one is as if not set; this machine itself is never
/// called through a proxy. Immutable.
/// </summary>
public sealed class EnvironmentProxy : IWebProxy, ICredentials
{
    private readonly ProxyServer? _http;
    private readonly ProxyServer? _https;
    private readonly NoProxyList _direct;

    private EnvironmentProxy(ProxyServer? http, ProxyServer? https, NoProxyList direct, ImmutableArray<ProxyProblem> problems) =>
        (_http, _https, _direct, Problems) = (http, https, direct, problems);

    /// <summary>What is wrong with the variables. With a fatal one no call must be made: the proxy it meant is not known.</summary>
    public ImmutableArray<ProxyProblem> Problems { get; }

    ICredentials? IWebProxy.Credentials
    {
        get => this;
        set => throw new NotSupportedException("the credentials of proxies stand in their URLs");
    }

    /// <param name="variable">An environment variable's value; null when it is not set.</param>
    public static EnvironmentProxy Read(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var problems = ImmutableArray.CreateBuilder<ProxyProblem>();
        var direct = Find("NO_PROXY", variable);
        var list = NoProxyList.Parse(direct.Value);
        problems.AddRange(list.Useless.Select(entry => new ProxyProblem(
            direct.Name,
            entry,
            "can match nothing",
            "write names, .names, addresses and networks such as 10.0.0.0/8, with commas between them, or * for all",
            IsFatal: false)));
        return new EnvironmentProxy(
            Server(Find("HTTP_PROXY", variable), problems), Server(Find("HTTPS_PROXY", variable), problems), list, problems.ToImmutable());
    }

    /// <returns>Null when the server is to be called without a proxy.</returns>
    public Uri? GetProxy(Uri destination) => For(destination)?.Address;

    public bool IsBypassed(Uri host) => For(host) is null;

    NetworkCredential? ICredentials.GetCredential(Uri uri, string authType) =>
        _http?.GetCredential(uri, authType) ?? _https?.GetCredential(uri, authType);

    private ProxyServer? For(Uri destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var server = destination.Scheme is "https" or "wss" ? _https : _http;
        return server is null || NoProxyList.IsLoopback(destination) || _direct.Contains(destination) ? null : server;
    }

    private static (string Name, string Value) Find(string name, Func<string, string?> variable)
    {
        string[] names = [name, name.ToLowerInvariant()];
        return names.Select(each => (each, variable(each) ?? "")).FirstOrDefault(each => each.Item2.Length > 0, (name, ""));
    }

    private static ProxyServer? Server((string Name, string Value) variable, ImmutableArray<ProxyProblem>.Builder problems)
    {
        if (variable.Value.Length == 0)
        {
            return null;
        }

        if (!ProxyServer.TryParse(variable.Value, out var server, out var problem))
        {
            problems.Add(new ProxyProblem(
                variable.Name, ProxyServer.WithoutCredentials(variable.Value), $"is no proxy's URL: {problem}", ProxyProblem.UrlRemedy, IsFatal: true));
        }

        return server;
    }
}
