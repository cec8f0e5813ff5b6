using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Scheduler.Buildkite;
using Scheduler.Cluster.Launching;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;
using Scheduler.Kubernetes.Jobs;

namespace Scheduler.Cluster.Tests.Launching;

/// <summary>What each failure on the way to a Kubernetes Job leads to: the class of outcome decides about token, retry and message.</summary>
public sealed class JobLauncherTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FakeJobs _kubernetes = new();
    private readonly FakeFactory _factory = new();
    private readonly GettingStack _stack = new();
    private readonly TestProbe _limiter;

    public JobLauncherTests() => _limiter = CreateTestProbe();

    [Fact]
    public async Task AJobIsBuiltClaimedAndCreated()
    {
        _factory.Built = new BuiltJob(_factory.Built.Job, null) { Warnings = ["odd"] };
        var outcome = Assert.IsType<LaunchOutcome.Created>(await LaunchAsync());
        Assert.Equal(("buildkite-1", "new-uid"), (outcome.Name, outcome.Uid));
        Assert.Equal("odd", Assert.Single(outcome.Warnings));
    }

    [Fact]
    public async Task AJobUnknownToBuildkiteIsOver()
    {
        _stack.Job = null;
        Assert.Equal(LaunchOutlook.Over, Assert.IsType<LaunchOutcome.NothingCreated>(await LaunchAsync(claims: false)).Outlook);
    }

    [Theory]
    [InlineData(StacksErrorKind.Transient, LaunchOutlook.TryAgain)]
    [InlineData(StacksErrorKind.RateLimited, LaunchOutlook.TryAgain)]
    [InlineData(StacksErrorKind.Unauthorized, LaunchOutlook.Over)]
    public async Task ABuildkiteErrorIsTriedAgainIfItMayPass(StacksErrorKind kind, LaunchOutlook outlook)
    {
        _stack.Failure = new StacksApiException(StacksEndpoint.GetJob, kind, "no");
        var outcome = Assert.IsType<LaunchOutcome.NothingCreated>(await LaunchAsync(claims: false));
        Assert.Equal((outlook, null), (outcome.Outlook, outcome.Notice));
    }

    [Fact]
    public async Task APodTemplateThatCannotBeReadNowIsTriedAgainAndTold()
    {
        _factory.Failure = new HttpRequestException("podtemplates: HTTP 503");
        var outcome = Assert.IsType<LaunchOutcome.NothingCreated>(await LaunchAsync(claims: false));
        Assert.Equal((LaunchOutlook.TryAgain, "podtemplates: HTTP 503"), (outcome.Outlook, outcome.Notice));
    }

    [Fact]
    public async Task AJobThatCannotBeBuiltIsImpossible()
    {
        _factory.Built = new BuiltJob(null, "unknown resource class");
        Assert.Equal("unknown resource class", Assert.IsType<LaunchOutcome.Impossible>(await LaunchAsync(claims: false)).Detail);
    }

    [Fact]
    public async Task AJobThatKubernetesFindsInvalidIsImpossibleAndShown()
    {
        _kubernetes.Outcome = new CreateOutcome.Rejected("spec.template: Invalid value");
        var detail = Assert.IsType<LaunchOutcome.Impossible>(await LaunchAsync()).Detail;
        Assert.StartsWith("Kubernetes rejected the podSpec built by agent-stack-k8s", detail, StringComparison.Ordinal);
        Assert.Contains("spec.template: Invalid value\n\n", detail, StringComparison.Ordinal);
        Assert.Contains("name: buildkite-1", detail, StringComparison.Ordinal);
    }

    public static TheoryData<string> Passing => ["exceeded quota", "admission webhook denied the request", "too many requests", "connection refused"];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task WhatKubernetesRefusesForNowIsTriedAgainAndTold(string message)
    {
        _kubernetes.Outcome = message == "connection refused" ? new CreateOutcome.NotSent(message) : new CreateOutcome.Refused(message, null);
        var outcome = Assert.IsType<LaunchOutcome.NothingCreated>(await LaunchAsync());
        Assert.Equal((LaunchOutlook.TryAgain, message), (outcome.Outlook, outcome.Notice));
    }

    [Fact]
    public async Task ACreateOfUnknownOutcomeIsInDoubtAndTold()
    {
        _kubernetes.Outcome = new CreateOutcome.Ambiguous("HTTP 500");
        Assert.Equal("HTTP 500", Assert.IsType<LaunchOutcome.InDoubt>(await LaunchAsync()).Notice);
    }

    [Fact]
    public async Task WithoutTheClaimNothingIsCreated()
    {
        using var launcher = NewLauncher();
        var launch = launcher.LaunchAsync(NewRun(), CancellationToken.None);
        await _limiter.ExpectMsgAsync<Claim>(Patience);
        _limiter.Reply(new Denied(Jobs.Id(1), DenialReason.GrantGone));
        Assert.IsType<LaunchOutcome.InDoubt>(await launch);
        Assert.Equal(0, _kubernetes.Creates);
    }

    [Fact]
    public async Task AnExistingJobIsMetAccordingToItsState()
    {
        _kubernetes.Outcome = new CreateOutcome.AlreadyExists();
        _kubernetes.Existing = Facts.Running(1);
        Assert.IsType<LaunchOutcome.AlreadyThere>(await LaunchAsync());
        _kubernetes.Existing = Facts.Failed(1);
        Assert.Contains("already ended", Assert.IsType<LaunchOutcome.Impossible>(await LaunchAsync()).Detail, StringComparison.Ordinal);
        _kubernetes.Existing = null;
        Assert.Equal(LaunchOutlook.TryAgain, Assert.IsType<LaunchOutcome.NothingCreated>(await LaunchAsync()).Outlook);
    }

    [Fact]
    public async Task AnExistingJobThatCannotBeReadKeepsItsToken()
    {
        _kubernetes.Outcome = new CreateOutcome.AlreadyExists();
        _kubernetes.ReadFault = new HttpRequestException("503");
        Assert.Equal("503", Assert.IsType<LaunchOutcome.InDoubt>(await LaunchAsync()).Notice);
    }

    [Fact]
    public async Task NodesShareTheConcurrency()
    {
        using var launcher = NewLauncher(concurrency: 6, nodes: 3);
        var launches = Enumerable.Range(0, 3).Select(_ => launcher.LaunchAsync(NewRun(), CancellationToken.None)).ToArray();
        var denied = new Denied(Jobs.Id(1), DenialReason.GrantGone);
        await _limiter.ExpectMsgAsync<Claim>(Patience);
        var first = _limiter.LastSender;
        await _limiter.ExpectMsgAsync<Claim>(Patience);
        var second = _limiter.LastSender;
        await _limiter.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));

        first.Tell(denied);

        await _limiter.ExpectMsgAsync<Claim>(Patience);
        _limiter.Reply(denied);
        second.Tell(denied);
        await Task.WhenAll(launches).WaitAsync(Patience);
    }

    private static Run NewRun() => new(Jobs.Id(1), Jobs.Grant(1), 0, []);

    private JobLauncher NewLauncher(int concurrency = 25, int nodes = 1) => new(
        _stack,
        _kubernetes,
        _factory,
        _limiter.Ref,
        new LauncherSettings { ClaimTimeout = Patience, Concurrency = concurrency },
        () => nodes,
        TimeProvider.System);

    private async Task<LaunchOutcome> LaunchAsync(bool claims = true)
    {
        using var launcher = NewLauncher();
        var launch = launcher.LaunchAsync(NewRun(), CancellationToken.None);
        if (claims)
        {
            await _limiter.ExpectMsgAsync<Claim>(Patience);
            _limiter.Reply(new Granted(Jobs.Id(1), Jobs.Grant(1), TimeSpan.FromMinutes(5)));
        }

        return await launch.WaitAsync(Patience);
    }
}
