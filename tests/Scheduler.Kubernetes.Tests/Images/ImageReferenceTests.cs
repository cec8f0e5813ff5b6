using Scheduler.Kubernetes.Images;

namespace Scheduler.Kubernetes.Tests.Images;

public sealed class ImageReferenceTests
{
    private const string Sha256 = "d27a468d50c035c5847330241372acecde2b3109fa7503eee7790a5248f4c7ec";

    [Theory]
    [InlineData("alpine", null, "alpine", null)]
    [InlineData("alpine:3.20", null, "alpine", "3.20")]
    [InlineData("foo:Tag", null, "foo", "Tag")]
    [InlineData("Foo/bar", "Foo", "bar", null)]
    [InlineData("a_b/c", null, "a_b/c", null)]
    [InlineData("Reg.IO:5000/foo", "Reg.IO:5000", "foo", null)]
    [InlineData("[::1]:80/x", "[::1]:80", "x", null)]
    [InlineData("a__b/c--d.e", null, "a__b/c--d.e", null)]
    [InlineData("localhost:5000", null, "localhost", "5000")]
    [InlineData(Sha256, null, Sha256, null)]
    [InlineData("ghcr.io/buildkite/agent:3.136.2", "ghcr.io", "buildkite/agent", "3.136.2")]
    public void ValidReferencesComeApart(string text, string? domain, string path, string? tag)
    {
        Assert.True(ImageReference.TryParse(text, out var reference, out var error), error);
        Assert.Equal(new ImageReference(domain, path, tag, null), reference);
    }

    [Fact]
    public void ADigestIsFoundBehindATag()
    {
        Assert.True(ImageReference.TryParse($"a/b:1@sha256:{Sha256}", out var reference, out _));
        Assert.Equal($"sha256:{Sha256}", reference.Digest);
        Assert.Equal("1", reference.Tag);
    }

    [Theory]
    [InlineData(null, "repository name must have at least one component")]
    [InlineData("", "repository name must have at least one component")]
    [InlineData("alpine\n", "invalid reference format")]
    [InlineData("a..b", "invalid reference format")]
    [InlineData("a___b", "invalid reference format")]
    [InlineData("a-", "invalid reference format")]
    [InlineData("a:", "invalid reference format")]
    [InlineData("a b", "invalid reference format")]
    [InlineData("ä", "invalid reference format")]
    [InlineData("a:１", "invalid reference format")]
    [InlineData("http://x/y", "invalid reference format")]
    [InlineData("x@sha256:abc", "invalid reference format")]
    [InlineData("buildkite/agent:latest plus some extra junk", "invalid reference format")]
    [InlineData("x/UPPER", "repository name must be lowercase")]
    [InlineData("A:b", "repository name must be lowercase")]
    [InlineData("x@SHA256:" + Sha256, "invalid checksum digest format")]
    [InlineData("x@md5:" + Sha256, "unsupported digest algorithm")]
    [InlineData("x@sha512:" + Sha256, "invalid checksum digest length")]
    public void InvalidReferencesSayWhy(string? text, string problem)
    {
        Assert.False(ImageReference.TryParse(text, out var reference, out var error));
        Assert.Null(reference);
        Assert.Equal(problem, error);
    }

    [Fact]
    public void UpperCaseInADigestIsRefused()
    {
        Assert.False(ImageReference.TryParse($"x@sha256:{Sha256.ToUpperInvariant()}", out _, out var error));
        Assert.Equal("invalid checksum digest format", error);
    }

    [Fact]
    public void APathOf255CharactersIsTheLongest()
    {
        Assert.True(ImageReference.TryParse("example.com/" + new string('a', 255), out _, out _));
        Assert.False(ImageReference.TryParse("example.com/" + new string('a', 256), out _, out var error));
        Assert.Equal("repository name must not be more than 255 characters", error);
    }

    [Fact]
    public void ATagOf128CharactersIsTheLongest()
    {
        Assert.True(ImageReference.TryParse("a:" + new string('t', 128), out _, out _));
        Assert.False(ImageReference.TryParse("a:" + new string('t', 129), out _, out _));
    }

    [Theory]
    [InlineData("a-")]
    [InlineData("a.")]
    [InlineData("a/")]
    [InlineData("0:")]
    public void HostileTextsAreReadInNoTime(string repeated)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 50_000)) + "!";
        var before = TimeProvider.System.GetTimestamp();
        Assert.False(ImageReference.TryParse(text, out _, out _));
        Assert.True(TimeProvider.System.GetElapsedTime(before) < TimeSpan.FromSeconds(5));
    }
}
