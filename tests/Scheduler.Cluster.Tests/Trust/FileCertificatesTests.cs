namespace Scheduler.Cluster.Tests.Trust;

/// <summary>Files that somebody else writes are looked at before anything is built on them.</summary>
public sealed class FileCertificatesTests : IDisposable
{
    private readonly Authority _ours = new("ours");
    private readonly Authority _theirs = new("theirs");

    public void Dispose()
    {
        _theirs.Dispose();
        _ours.Dispose();
    }

    [Fact]
    public async Task AMissingFileIsNamed()
    {
        var files = _ours.Write("a.nodes.test");
        File.Delete(Path.Combine(_ours.Folder, "tls.key"));
        Assert.Contains(Path.Combine(_ours.Folder, "tls.key"), (await Refusal(files)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKeyOfAnotherCertificateIsRefused() =>
        await Refusal(_ours.Write("", (_ours.Sign("a.nodes.test").Certificate, _ours.Sign("a.nodes.test").Key)));

    [Theory]
    [InlineData("server only", "extended key usage")]
    [InlineData("expired", "not valid now")]
    [InlineData("other name", "for a.others.test, not for *.nodes.test")]
    public async Task ACertificateThatTheOthersWouldRefuseIsRefusedAtHome(string kind, string reason)
    {
        var pem = kind switch
        {
            "server only" => _ours.Sign("a.nodes.test", [Authority.ServerUse]),
            "expired" => _ours.Sign("a.nodes.test", until: TimeSpan.FromHours(-1)),
            _ => _ours.Sign("a.others.test"),
        };
        Assert.Contains(reason, (await Refusal(_ours.Write("", pem))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACertificateOfAnotherAuthorityIsRefusedAtHome() =>
        Assert.Contains("not signed by our authority", (await Refusal(_ours.Write("", _theirs.Sign("a.nodes.test")))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task NoMessageHoldsTheKey()
    {
        var key = _theirs.Sign("a.nodes.test").Key;
        var error = await Refusal(_ours.Write("", (_ours.Sign("a.nodes.test").Certificate, key)));
        Assert.DoesNotContain(key.Split('\n')[1], error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheVersionTellsWhenTheCertificateWasReplaced()
    {
        var certificate = await _ours.Write("a.nodes.test").LoadAsync(CancellationToken.None);
        Assert.Equal(certificate.Version, await _ours.Write("", Pem()).VersionAsync(CancellationToken.None));
        Assert.NotEqual(certificate.Version, await _ours.Write("a.nodes.test").VersionAsync(CancellationToken.None));

        (string, string) Pem() => (File.ReadAllText(Path.Combine(_ours.Folder, "tls.crt")), File.ReadAllText(Path.Combine(_ours.Folder, "tls.key")));
    }

    private static Task<InvalidOperationException> Refusal(Scheduler.Cluster.Trust.FileCertificates files) =>
        Assert.ThrowsAsync<InvalidOperationException>(() => files.LoadAsync(CancellationToken.None));
}
