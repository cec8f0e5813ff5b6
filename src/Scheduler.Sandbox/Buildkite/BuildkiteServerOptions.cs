using System.Collections.Immutable;
using System.Net;
using Scheduler.Sandbox.Buildkite.Http;
using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite;

/// <summary>How the sandbox's Buildkite behaves.</summary>
public sealed record BuildkiteServerOptions
{
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }

    /// <summary>The agent token that stacks and agents must show.</summary>
    public string Token { get; init; } = "bkct_sandbox";

    /// <summary>Empty stands for an unclustered token: <c>GET token</c> answers, the stack calls do not.</summary>
    public string ClusterUuid { get; init; } = "b7e1c0de-5a4d-4b0c-8d7e-000000000001";

    public string ClusterName { get; init; } = "Default cluster";

    public string OrganizationSlug { get; init; } = "acme";

    public Guid OrganizationUuid { get; init; } = new("5b2c0de0-0000-4000-8000-000000000001");

    /// <summary>Key of the default queue.</summary>
    public string DefaultQueue { get; init; } = "default";

    /// <summary>Further queues that exist from the start; enqueuing makes others.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>Active stacks that the organisation may have; the real number is not documented.</summary>
    public int MaxStacks { get; init; } = 1000;

    /// <summary>Whether the limits of stacks-api.md §12 hold.</summary>
    public bool RateLimits { get; init; } = true;

    /// <summary>Calls per second and stack that differ from the documented ones.</summary>
    public IReadOnlyDictionary<BuildkiteEndpoint, int> RateLimitChanges { get; init; } = ImmutableDictionary<BuildkiteEndpoint, int>.Empty;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The list shows the queue as it was so long ago.</summary>
    public TimeSpan ListLag { get; init; }

    /// <summary>Get-states answers what was true so long ago.</summary>
    public TimeSpan StatesLag { get; init; }

    /// <summary>Whether get-job answers for ended jobs too, which the real service is not known to do.</summary>
    public bool ShowEndedJobs { get; init; }

    public StateRules Rules { get; init; } = new();

    /// <summary>What agents are told at registration. Each interval is sent in whole seconds, at least 1.</summary>
    public AgentIntervals AgentIntervals { get; init; } = new();
}
