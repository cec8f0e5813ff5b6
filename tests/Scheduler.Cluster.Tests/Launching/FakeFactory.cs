using k8s.Models;
using Scheduler.Cluster.Launching;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tests.Launching;

/// <summary>Builds what the test says.</summary>
internal sealed class FakeFactory : IJobFactory
{
    public BuiltJob Built { get; set; } = new(new V1Job { Metadata = new V1ObjectMeta { Name = "buildkite-1" } }, null);

    public Exception? Failure { get; set; }

    public Task<BuiltJob> BuildAsync(BuildkiteJob job, Run run, CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult(Built) : Task.FromException<BuiltJob>(Failure);

    public string NameOf(JobId job) => "buildkite-1";
}
