using k8s.Models;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Jobs;

namespace Scheduler.Cluster.Tests.Launching;

/// <summary>A Kubernetes that answers a create as the test says.</summary>
internal sealed class FakeJobs : IKubernetesJobs
{
    public CreateOutcome Outcome { get; set; } = new CreateOutcome.Created("new-uid", new Revision(1));

    public JobFact? Existing { get; set; }

    /// <summary>What a read fails with; null = it does not.</summary>
    public Exception? ReadFault { get; set; }

    public int Creates { get; private set; }

    public Task<CreateOutcome> CreateAsync(V1Job job, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Creates++;
        return Task.FromResult(Outcome);
    }

    public Task<JobFact?> ReadAsync(string name, CancellationToken cancellationToken) =>
        ReadFault is { } fault ? Task.FromException<JobFact?>(fault) : Task.FromResult(Existing);

    public Task<bool> DeleteAsync(string name, string? uid, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> SetDeadlineAsync(string name, string uid, TimeSpan deadline, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<(IReadOnlyList<JobFact> Jobs, Revision Revision)> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
