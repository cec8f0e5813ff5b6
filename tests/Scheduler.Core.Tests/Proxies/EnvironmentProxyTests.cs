using System.Net;
using Scheduler.Core.Proxies;

namespace Scheduler.Core.Tests.Proxies;

public sealed class EnvironmentProxyTests
{
    private const string Proxy = "http://proxy:3128";

    /// <summary>What programs in Go do with these lists.</summary>
    public static readonly TheoryData<string, string, bool> Lists = new()
    {
        // List, URL, whether it is called through the proxy.
        { "", "https://api.example.com", true },
        { "*", "https://api.example.com", false },
        { "other, *", "https://10.0.0.1:6443", false },
        { "10.0.0.0/8", "https://10.255.0.1:6443", false },
        { "10.0.0.0/8", "https://11.0.0.1:6443", true },
        { "10.1.2.3/8", "https://10.9.9.9", false },
        { "10.0.0.0/8", "https://ten.example.com", true },
        { "10.0.0.0/8", "https://[::ffff:10.0.0.1]", false },
        { "::ffff:10.0.0.0/104", "https://10.0.0.1", false },
        { "0.0.0.0/0", "https://203.0.113.1", false },
        { "0.0.0.0/0", "https://[2001:db8::1]", true },
        { "fd00::/8", "https://[fd12::1]:6443", false },
        { "fd00::/8", "https://[2001:db8::1]", true },
        { "fd00::/8", "https://10.0.0.1", true },
        { "10.0.0.1", "https://10.0.0.1:6443", false },
        { "10.0.0.1", "https://10.0.0.10", true },
        { "10.0.0.1:6443", "https://10.0.0.1:6443", false },
        { "10.0.0.1:6443", "https://10.0.0.1", true },
        { "10.0.0.1:443", "https://10.0.0.1", false },
        { "::ffff:10.0.0.1", "https://10.0.0.1", false },
        { "10.0.0.1", "https://[::ffff:a00:1]", false },
        { "fd00::1", "https://[fd00::1]:6443", false },
        { "fd00:0:0::0001", "https://[FD00::1]", false },
        { "[fd00::1]", "https://[fd00::1]:6443", false },
        { "[fd00::1]:6443", "https://[fd00::1]:6443", false },
        { "[fd00::1]:6443", "https://[fd00::1]", true },
        { "example.com", "https://example.com", false },
        { "example.com", "https://api.example.com", false },
        { "example.com", "https://notexample.com", true },
        { "example.com", "https://example.com.evil.test", true },
        { ".example.com", "https://api.example.com", false },
        { ".example.com", "https://example.com", true },
        { "*.example.com", "https://deep.api.example.com", false },
        { "*.example.com", "https://example.com", true },
        { "example.com:8443", "https://api.example.com:8443", false },
        { "example.com:8443", "https://api.example.com", true },
        { ".example.com:443", "https://api.example.com", false },
        { ".svc", "https://kubernetes.default.svc", false },
        { "EXAMPLE.com", "https://api.Example.COM", false },
        { " a.test ,, b.test ", "https://b.test", false },
        { "bücher.example", "https://xn--bcher-kva.example", false },
        { "10", "https://0.0.0.10", false },
        { "10", "https://10.0.0.1", true },
        { ":443", "https://api.example.com", true },
        { "a.test b.test", "https://b.test", true },

        // This machine is never called through a proxy.
        { "", "https://localhost:6443", false },
        { "", "https://127.0.0.1:6443", false },
        { "", "https://127.8.8.8", false },
        { "", "https://[::1]:6443", false },
        { "", "https://[::ffff:127.0.0.1]", false },
        { "", "https://my.localhost", true },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void ServersInNoProxyAreCalledDirectly(string list, string url, bool isProxied)
    {
        var proxy = Given(("HTTPS_PROXY", Proxy), ("NO_PROXY", list));

        Assert.Equal(isProxied ? new Uri(Proxy) : null, proxy.GetProxy(new Uri(url)));
        Assert.Equal(!isProxied, proxy.IsBypassed(new Uri(url)));
    }

    [Theory]
    [InlineData("https://a.test", "http://secure:1/")]
    [InlineData("http://a.test", "http://plain:2/")]
    public void TheSchemeOfTheCalledUrlChoosesTheVariable(string url, string expected) => Assert.Equal(
        expected, Given(("HTTPS_PROXY", "http://secure:1"), ("HTTP_PROXY", "http://plain:2")).GetProxy(new Uri(url))?.AbsoluteUri);

    [Fact]
    public void UpperCaseGoesBeforeLowerCaseUnlessEmpty()
    {
        Assert.Equal("upper", Given(("HTTPS_PROXY", "upper"), ("https_proxy", "lower")).GetProxy(new Uri("https://a.test"))?.Host);
        Assert.Equal("lower", Given(("HTTPS_PROXY", ""), ("https_proxy", "lower")).GetProxy(new Uri("https://a.test"))?.Host);
        Assert.Null(Given(("https_proxy", "lower"), ("NO_PROXY", "a.test"), ("no_proxy", "b.test")).GetProxy(new Uri("https://a.test")));
        Assert.NotNull(Given(("https_proxy", "lower"), ("NO_PROXY", "a.test"), ("no_proxy", "b.test")).GetProxy(new Uri("https://b.test")));
        Assert.Null(Given(("https_proxy", "lower"), ("no_proxy", "b.test")).GetProxy(new Uri("https://b.test")));
    }

    [Fact]
    public void OtherVariablesNameNoProxy()
    {
        var proxy = Given(("ALL_PROXY", Proxy), ("HTTP_PROXY", Proxy));

        Assert.Null(proxy.GetProxy(new Uri("https://a.test")));
        Assert.Empty(proxy.Problems);
    }

    [Theory]
    [InlineData("proxy", "http://proxy/", 80)]
    [InlineData("proxy:3128", "http://proxy:3128/", 3128)]
    [InlineData("http://proxy:3128/path?x#y", "http://proxy:3128/path", 3128)]
    [InlineData("HTTPS://proxy", "https://proxy/", 443)]
    [InlineData("socks5://proxy", "socks5://proxy:1080", 1080)]
    [InlineData("socks5h://proxy:9", "socks5://proxy:9", 9)]
    [InlineData("[fd00::1]:3128", "http://[fd00::1]:3128/", 3128)]
    [InlineData(" 10.0.0.1:3128\n", "http://10.0.0.1:3128/", 3128)]
    public void AProxyNeedsNoScheme(string text, string shown, int port)
    {
        var proxy = Given(("HTTPS_PROXY", text)).GetProxy(new Uri("https://a.test"));

        Assert.Equal(new Uri(shown).GetLeftPart(UriPartial.Authority), proxy?.GetLeftPart(UriPartial.Authority));
        Assert.Equal(port, proxy?.Port);
    }

    [Theory]
    [InlineData("http://user:p%40ss@proxy:3128", "user", "p@ss")]
    [InlineData("user:p@ss@proxy:3128", "user", "p@ss")]
    [InlineData("http://user@proxy:3128", "user", "")]
    public void UserAndPasswordAreNoPartOfTheAddress(string text, string user, string password)
    {
        IWebProxy proxy = Given(("HTTPS_PROXY", text));
        var address = proxy.GetProxy(new Uri("https://a.test"))!;
        var credential = proxy.Credentials!.GetCredential(address, "Basic");

        Assert.Equal("http://proxy:3128/", address.AbsoluteUri);
        Assert.Equal((user, password), (credential!.UserName, credential.Password));
        Assert.Null(proxy.Credentials.GetCredential(new Uri("http://a.test"), "Basic"));
        Assert.Equal(" through the proxy http://proxy:3128", proxy.Through(new Uri("https://a.test")));
    }

    [Theory]
    [InlineData("ftp://proxy:21", "ftp://proxy:21")]
    [InlineData("http://", "http://")]
    [InlineData("http://proxy:99999", "http://proxy:99999")]
    [InlineData("http://proxy:0", "http://proxy:0")]
    [InlineData("http://user:geheim@", "http://")]
    [InlineData("http://user:geheim", "http://user:***")]
    [InlineData("user:geheim", "http://user:***")]
    [InlineData("http://user:ge/heim@proxy:3128", "http://proxy:3128")]
    [InlineData("http://user:geheim@proxy:port", "http://proxy:***")]
    [InlineData("http://user:geheim@pro xy:3128", "http://pro xy:3128")]
    [InlineData("http://[::1", "http://[::1")]
    [InlineData("ge:heim://x@proxy", "proxy")]
    public void ABadUrlIsAProblemThatShowsNoCredentials(string text, string shown)
    {
        var problem = Assert.Single(Given(("https_proxy", text)).Problems);

        Assert.True(problem.IsFatal);
        Assert.Equal(("https_proxy", shown), (problem.Variable, problem.Value));
        Assert.DoesNotContain("heim", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains("write it as http://host:port", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.*")]
    [InlineData("a.test b.test")]
    [InlineData("https://a.test")]
    [InlineData(":443")]
    public void AnEntryThatMatchesNothingIsTold(string entry)
    {
        var problem = Assert.Single(Given(("NO_PROXY", $"a.test,{entry}")).Problems);

        Assert.False(problem.IsFatal);
        Assert.Equal(("NO_PROXY", entry), (problem.Variable, problem.Value));
    }

    [Fact]
    public void AKubeconfigsProxyCountsForEveryServer()
    {
        Assert.True(ProxyServer.TryParse("socks5://user:geheim@proxy", out var server, out _));
        IWebProxy proxy = new SingleProxy(server);

        Assert.Equal("socks5://proxy:1080", proxy.GetProxy(new Uri("https://127.0.0.1:6443"))!.GetLeftPart(UriPartial.Authority));
        Assert.Equal("geheim", proxy.Credentials!.GetCredential(server.Address, "socks5")!.Password);
        Assert.Equal("socks5://proxy:1080", server.ToString());
    }

    private static EnvironmentProxy Given(params (string Name, string Value)[] variables) =>
        EnvironmentProxy.Read(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
