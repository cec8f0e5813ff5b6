using Scheduler.Kubernetes.Pods.Metadata;

namespace Scheduler.Kubernetes.Tests.Pods.Metadata;

public sealed class BuildUrlTests
{
    [Theory]
    [InlineData("", "#id")]
    [InlineData("https://buildkite.com/acme/app/builds/1", "https://buildkite.com/acme/app/builds/1#id")]
    [InlineData("https://buildkite.com/acme/app/builds/1#old", "https://buildkite.com/acme/app/builds/1#id")]
    [InlineData("https://buildkite.com/b?x=1", "https://buildkite.com/b?x=1#id")]
    [InlineData("https://buildkite.com/b?", "https://buildkite.com/b?#id")]
    [InlineData("HTTPS://Buildkite.com/b", "https://Buildkite.com/b#id")]
    [InlineData("https://buildkite.com/a b/ü", "https://buildkite.com/a%20b/%C3%BC#id")]
    [InlineData("https://buildkite.com/a%20b", "https://buildkite.com/a%20b#id")]
    [InlineData("https://user:p%40ss@host:8080/x", "https://user:p%40ss@host:8080/x#id")]
    [InlineData("https://[::1]:80/x", "https://[::1]:80/x#id")]
    [InlineData("https://host", "https://host#id")]
    [InlineData("mailto:a@b", "mailto:a@b#id")]
    [InlineData("/only/a/path", "/only/a/path#id")]
    [InlineData("relative", "relative#id")]
    public void TheFragmentIsReplaced(string url, string expected) => Assert.Equal(expected, BuildUrl.WithFragment(url, "id"));

    [Theory]
    [InlineData("https://buildkite.com/%zz")]
    [InlineData("https://build kite.com/")]
    [InlineData("https://host:port/")]
    [InlineData("https://host/#%zz")]
    [InlineData("https://[::1/x")]
    [InlineData(":no-scheme")]
    [InlineData("a b:c/d")]
    [InlineData("https://host/\n")]
    [InlineData("https://h%20st/")]
    public void TheseAreNoUrls(string url) => Assert.Null(BuildUrl.WithFragment(url, "id"));
}
