using System.Threading.RateLimiting;
using Akka.Actor;
using k8s;
using k8s.Models;
using Scheduler.Buildkite;
using Scheduler.Cluster.Metrics;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Launching;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;
using Scheduler.Core.Text;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Naming;

namespace Scheduler.Cluster.Launching;

/// <summary>
/// The steps from a token to a Kubernetes Job. The grant is claimed last, right before the create, and the create's
/// server-side time-out ends before the grant does: a request that its client gave up cannot commit later.
/// </summary>
public sealed class JobLauncher(
    IStack stack,
    IKubernetesJobs kubernetes,
    IJobFactory factory,
    ICanTell limiter,
    LauncherSettings settings,
    Func<int> nodes,
    TimeProvider time,
    Metrics.NodeMetrics? metrics = null)
    : IJobLauncher, IDisposable
{
    private readonly WorkerMetrics _metrics = (metrics ?? new Metrics.NodeMetrics()).Worker;
    private readonly ConcurrencyLimiter _creates = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = settings.Concurrency,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private long _created;

    /// <summary>Kubernetes Jobs this node has created.</summary>
    public long Created => Interlocked.Read(ref _created);

    public async Task<LaunchOutcome> LaunchAsync(Run run, CancellationToken cancellationToken)
    {
        try
        {
            var job = await stack.GetJobAsync(run.Job, cancellationToken);
            if (job is null)
            {
                return new LaunchOutcome.NothingCreated(LaunchOutlook.Over, "Buildkite has no such job to run any more");
            }

            var built = await factory.BuildAsync(job, run, cancellationToken);
            var outcome = built.Job is null
                ? new LaunchOutcome.Impossible(built.Problem!)
                : await ClaimAndCreateAsync(run, built.Job, cancellationToken);
            return outcome with { Warnings = built.Warnings };
        }
        catch (StacksApiException error)
        {
            return new LaunchOutcome.NothingCreated(error.IsTransient ? LaunchOutlook.TryAgain : LaunchOutlook.Over, error.Message);
        }
        catch (HttpRequestException error)
        {
            return Postponed(error.Message);
        }
    }

    public void Dispose() => _creates.Dispose();

    private async Task<LaunchOutcome> ClaimAndCreateAsync(Run run, V1Job job, CancellationToken cancellationToken)
    {
        CreateOutcome outcome;

        // As many permits as there are nodes: so all of them together have the concurrency that one would have.
        using (var room = await _creates.AcquireAsync(Math.Clamp(nodes(), 1, settings.Concurrency), cancellationToken))
        {
            if (!room.IsAcquired)
            {
                return new LaunchOutcome.NothingCreated(LaunchOutlook.TryAgain, "this node ends");
            }

            var sent = ClockReading.Take(time);
            var answer = await ClaimAsync(run, cancellationToken);
            if (answer is not Granted granted)
            {
                return new LaunchOutcome.InDoubt(answer is null ? "the limiter did not answer the claim in time" : "the grant is gone");
            }

            if (CreateTime.For(granted.Remaining, sent, ClockReading.Take(time), settings.Create) is not { } timeout)
            {
                return new LaunchOutcome.NothingCreated(LaunchOutlook.TryAgain, "the grant ends too soon to create anything with it") { IsClaimed = true };
            }

            // A claim under a later epoch gives the grant a new name.
            job.Metadata.Annotations ??= new Dictionary<string, string>(StringComparer.Ordinal);
            job.Metadata.Annotations[JobLabels.Grant] = GrantAnnotation.Format(granted.Grant);
            _metrics.CreateCalls.Inc();
            outcome = await kubernetes.CreateAsync(job, timeout, cancellationToken);
            Measure(outcome);
        }

        return await ConcludeAsync(job, outcome, cancellationToken) with { IsClaimed = true };
    }

    private void Measure(CreateOutcome outcome)
    {
        if (outcome is CreateOutcome.Created)
        {
            _metrics.CreateSuccess.Inc();
        }
        else
        {
            _metrics.CreateFailed(outcome is CreateOutcome.AlreadyExists ? "AlreadyExists" : outcome.Reason);
        }
    }

    /// <summary>Null when no answer came: somebody may hold the claim, so nothing is created and nothing returned.</summary>
    private async Task<ITokenAnswer?> ClaimAsync(Run run, CancellationToken cancellationToken)
    {
        try
        {
            return await limiter.Ask<ITokenAnswer>(new Claim(run.Job, run.Grant), settings.ClaimTimeout, cancellationToken);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private async Task<LaunchOutcome> ConcludeAsync(V1Job job, CreateOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case CreateOutcome.Created created:
                Interlocked.Increment(ref _created);
                return new LaunchOutcome.Created(job.Metadata.Name, created.Uid);
            case CreateOutcome.AlreadyExists:
                return await MeetExistingAsync(job.Metadata.Name, cancellationToken);
            case CreateOutcome.Rejected rejected:
                return new LaunchOutcome.Impossible(
                    "Kubernetes rejected the podSpec built by agent-stack-k8s: failed to create job: "
                    + $"{PlainText.Line(rejected.Message)}\n\n{KubernetesYaml.Serialize(job)}");
            case CreateOutcome.Refused refused:
                return Postponed(refused.Message);
            case CreateOutcome.NotSent notSent:
                return Postponed(notSent.Message);
            case CreateOutcome.Ambiguous ambiguous:
                return new LaunchOutcome.InDoubt(ambiguous.Message) { Notice = ambiguous.Message };
            default:
                throw new InvalidOperationException($"unknown outcome {outcome}");
        }
    }

    private async Task<LaunchOutcome> MeetExistingAsync(string name, CancellationToken cancellationToken)
    {
        JobFact? existing;
        try
        {
            existing = await kubernetes.ReadAsync(name, cancellationToken);
        }
        catch (Exception error) when (error is InvalidOperationException or HttpRequestException)
        {
            return new LaunchOutcome.InDoubt(error.Message) { Notice = error.Message };
        }

        return existing?.State switch
        {
            null => new LaunchOutcome.NothingCreated(
                LaunchOutlook.TryAgain, $"Kubernetes Job {name} was in the way, and is gone by now or is none of this job's by its label"),
            KubernetesJobState.Unfinished => new LaunchOutcome.AlreadyThere(name),
            _ => new LaunchOutcome.Impossible(
                $"The Kubernetes job {name} of this Buildkite job has already ended, without the agent having taken the job."),
        };
    }

    /// <summary>Kubernetes stands in the way for now; the job's author may know what to do about it.</summary>
    private static LaunchOutcome.NothingCreated Postponed(string why) => new(LaunchOutlook.TryAgain, why) { Notice = why };
}
