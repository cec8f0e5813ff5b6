using System.Net;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Jobs;

namespace Scheduler.Kubernetes.Tests.Jobs;

/// <summary>Refusals of a create, in the words of a real API server with admission policies.</summary>
public sealed class CreateAnswerTests
{
    private const string Pods = "ns.ci.pods.scheduler.buildkite.com";

    private const string Fence = "ns.ci.fence.scheduler.buildkite.com";

    private const string NoLease = "failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction";

    private const string Broken = "expression 'variables.pod.x' resulted in error: no such key: x";

    /// <summary>What is the author's to mend fails the job; what will be over by itself, or is the operator's, does not.</summary>
    [Theory]
    [InlineData(Pods, 403, "jobs may not have hostPath volumes", true)]
    [InlineData(Pods, 422, Broken, false)]
    [InlineData(Pods, 422, "validation failed due to running out of cost budget, no further validation expressions will be run", false)]
    [InlineData(Pods, 403, "failed to configure policy: cannot be compiled", false)]
    [InlineData(Pods, 422, "whatever it may be", false)]
    [InlineData(Fence, 403, "the grant of this Job is of an epoch that is over", false)]
    [InlineData(Fence, 422, NoLease, false)]
    [InlineData(Fence, 422, "whatever it may be", false)]
    [InlineData("somebody.else", 422, "containers must have limits", true)]
    [InlineData("somebody.else", 403, "not at night", false)]
    [InlineData("somebody.else", 422, NoLease, false)]
    [InlineData("somebody.else", 422, Broken, false)]
    public void APolicysRefusalIsOfTheJobOrOfTheMoment(string policy, int code, string words, bool isRejected)
    {
        var outcome = Understand(code, $"jobs.batch \"buildkite-1\" is forbidden: ValidatingAdmissionPolicy '{policy}' with binding '{policy}' denied request: {words}");
        Assert.Equal(isRejected ? typeof(CreateOutcome.Rejected) : typeof(CreateOutcome.Refused), outcome.GetType());
    }

    [Fact]
    public void APolicyThatIsItselfWrongIsNamedWithoutABinding() => Assert.IsType<CreateOutcome.Refused>(Understand(
        422, $"jobs.batch \"buildkite-1\" is forbidden: ValidatingAdmissionPolicy '{Pods}' denied request: failed to configure policy: paramKind kind `x` not known"));

    /// <summary>A label's value, quoted by the server, is the author's own text.</summary>
    [Theory]
    [InlineData(Pods)]
    [InlineData(Fence)]
    public void ThePolicysNameInAnAuthorsTextChangesNothing(string policy)
    {
        var quoted = $"jobs.batch \\\"x\\\" is forbidden: ValidatingAdmissionPolicy '{policy}' denied request: failed to configure policy: x";
        Assert.IsType<CreateOutcome.Rejected>(Understand(422, $"Job.batch \"buildkite-1\" is invalid: metadata.labels: Invalid value: \"{quoted}\": must be short"));
        Assert.IsType<CreateOutcome.Refused>(Understand(403, $"admission webhook \"w\" denied the request: {quoted}"));
    }

    /// <summary>What a proxy says after the deadline leaves open whether the Job was created, whatever words it uses.</summary>
    [Fact]
    public void OnlyAnAnswerFromBeforeTheWriteMeansThatNothingWasCreated() => Assert.IsType<CreateOutcome.Ambiguous>(
        Understand(504, $"jobs.batch \"buildkite-1\" is forbidden: ValidatingAdmissionPolicy '{Fence}' denied request: x"));

    private static CreateOutcome Understand(int code, string message) => CreateAnswer.Understand(
        ApiFailure.From((HttpStatusCode)code, new ApiStatus(code, code == 403 ? "Forbidden" : "Invalid", message), retryAfter: null, "create", ApiResource.Jobs));
}
