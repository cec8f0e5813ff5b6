using System.Net;
using Scheduler.Kubernetes.Connection;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Effects;

public sealed class SandboxEffectsTests(SandboxApiServer server) : EffectsContract(server), IClassFixture<SandboxApiServer>
{
    [Fact]
    public async Task AConflictIsTriedAgainOnTheObjectAsItIsThen()
    {
        var job = await CreateJobAsync();
        using var fault = Conflict(times: 4);

        Assert.True(await Jobs().SetDeadlineAsync(job.Metadata.Name, job.Metadata.Uid, TimeSpan.FromSeconds(60), Deadline));

        Assert.Equal((4, 60), (fault.Hits, (await ReadAsync(job)).Spec.ActiveDeadlineSeconds));
    }

    [Fact]
    public async Task ConflictsWithoutEndAreAnError()
    {
        var job = await CreateJobAsync();
        using var fault = Conflict(times: 100);

        var error = await Assert.ThrowsAsync<ApiException>(
            () => Jobs().SetDeadlineAsync(job.Metadata.Name, job.Metadata.Uid, TimeSpan.FromSeconds(60), Deadline));

        Assert.Equal((HttpStatusCode.Conflict, 5), (error.Status, fault.Hits));
    }

    private ActiveFault Conflict(int times) =>
        server.Server.Faults.Add(new FaultRule(Fault.Status(409)) { Verb = "update", Resource = "jobs", Times = times });
}
