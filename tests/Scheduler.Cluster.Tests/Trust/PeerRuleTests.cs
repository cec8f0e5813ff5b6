using System.Security.Cryptography.X509Certificates;
using Scheduler.Cluster.Trust;

namespace Scheduler.Cluster.Tests.Trust;

/// <summary>Which certificates a node believes.</summary>
public sealed class PeerRuleTests : IDisposable
{
    private readonly Authority _ours = new("ours");
    private readonly Authority _theirs = new("theirs");
    private readonly NodeCertificate _node;

    public PeerRuleTests() => _node = _ours.Issue("a.nodes.test");

    public static TheoryData<string, string> Refused => new()
    {
        { "other authority", "not signed by our authority" },
        { "same name as our authority", "not signed by our authority" },
        { "server only", "extended key usage" },
        { "client only", "extended key usage" },
        { "code signing only", "extended key usage" },
        { "any use", "extended key usage" },
        { "no use said", "extended key usage" },
        { "other name", "for a.others.test, not for *.nodes.test" },
        { "name in the subject only", "for no name, not for *.nodes.test" },
        { "expired", "not valid now" },
        { "not yet valid", "not valid now" },
    };

    public void Dispose()
    {
        _theirs.Dispose();
        _ours.Dispose();
    }

    [Fact]
    public void ANodesCertificateIsBelieved()
    {
        Assert.Null(_node.Objection(_ours.Issue("b.nodes.test").Own));
        Assert.Null(_node.Objection(_ours.Issue("*.nodes.test").Own));
        Assert.Null(_node.Objection(_node.Own));
    }

    [Theory, MemberData(nameof(Refused))]
    public void AnyOtherIsRefusedWithTheReason(string kind, string reason) =>
        Assert.Contains(reason, _node.Objection(Certificates.Of(kind, _ours, _theirs).Own), StringComparison.Ordinal);

    [Fact]
    public void NoCertificateIsRefused() => Assert.Equal("no certificate was shown", _node.Objection(null));

    [Fact]
    public void TheAuthorityItselfIsNoNode()
    {
        using var authority = X509Certificate2.CreateFromPem(_ours.Pem);
        Assert.NotNull(_node.Objection(authority));
    }

    [Fact]
    public void WhatACertificateSaysDoesNotReachTheLogAsItIs()
    {
        var hostile = _ours.Load(_ours.Sign("evil\nlevel=info msg=fine.test")).Own;
        Assert.DoesNotContain('\n', _node.Objection(hostile)!);
    }

    [Fact]
    public void AnAuthorityThatIsReplacedCountsFromTheNextHandshakeOn()
    {
        var theirs = _theirs.Issue("b.nodes.test").Own;
        Assert.NotNull(_node.Objection(theirs));

        File.WriteAllText(_ours.AuthorityFile, _ours.Pem + "\n" + _theirs.Pem);
        Assert.Null(_node.Objection(theirs));
        Assert.Null(_node.Objection(_node.Own));

        File.WriteAllText(_ours.AuthorityFile, _theirs.Pem);
        Assert.NotNull(_node.Objection(_node.Own));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----")]
    public void WithoutAReadableAuthorityNobodyIsBelieved(string pem)
    {
        File.WriteAllText(_ours.AuthorityFile, pem);
        Assert.Contains("authority cannot be read", _node.Objection(_node.Own), StringComparison.Ordinal);
        File.Delete(_ours.AuthorityFile);
        Assert.Contains("authority cannot be read", _node.Objection(_node.Own), StringComparison.Ordinal);
    }
}
