using Akka.Actor;
using k8s.Models;
using Scheduler.Buildkite;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Time;

namespace Scheduler.Cluster.Launching;

/// <summary>
/// The steps from a token to a Kubernetes Job. The grant is claimed last, right before the create, and the create's
/// server-side time-out ends before the grant does: a request that its client gave up cannot commit later.
/// </summary>
public sealed class JobLauncher(
    IStack stack, IKubernetesJobs kubernetes, IJobFactory factory, ICanTell limiter, LauncherSettings settings, TimeProvider time)
    : IJobLauncher, IDisposable
{
    private readonly SemaphoreSlim _creates = new(settings.Concurrency);
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
            return built.Job is null
                ? await FailAsync(run.Job, built.Problem!, cancellationToken)
                : await ClaimAndCreateAsync(run, built.Job, cancellationToken);
        }
        catch (StacksApiException error)
        {
            return new LaunchOutcome.NothingCreated(error.IsTransient ? LaunchOutlook.TryAgain : LaunchOutlook.Over, error.Message);
        }
        catch (HttpRequestException error)
        {
            return new LaunchOutcome.NothingCreated(LaunchOutlook.TryAgain, error.Message);
        }
    }

    public void Dispose() => _creates.Dispose();

    private async Task<LaunchOutcome> ClaimAndCreateAsync(Run run, V1Job job, CancellationToken cancellationToken)
    {
        await _creates.WaitAsync(cancellationToken);
        CreateOutcome outcome;
        try
        {
            var sentAt = time.GetMoment();
            var answer = await ClaimAsync(run, cancellationToken);
            if (answer is not Granted granted)
            {
                return new LaunchOutcome.InDoubt(answer is null ? "the limiter did not answer the claim in time" : "the grant is gone");
            }

            var timeout = sentAt + granted.Remaining - time.GetMoment() - settings.CreateMargin;
            if (timeout < settings.ShortestCreate)
            {
                return new LaunchOutcome.NothingCreated(LaunchOutlook.TryAgain, "the grant ends too soon to create anything with it");
            }

            timeout = timeout < settings.LongestCreate ? timeout : settings.LongestCreate;
            outcome = await kubernetes.CreateAsync(job, timeout, cancellationToken);
        }
        finally
        {
            _creates.Release();
        }

        return await ConcludeAsync(run.Job, job.Metadata.Name, outcome, cancellationToken);
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

    private async Task<LaunchOutcome> ConcludeAsync(JobId job, string name, CreateOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case CreateOutcome.Created:
                Interlocked.Increment(ref _created);
                return new LaunchOutcome.Created(name);
            case CreateOutcome.AlreadyExists:
                return await MeetExistingAsync(job, name, cancellationToken);
            case CreateOutcome.Rejected rejected:
                return await FailAsync(
                    job,
                    $"Kubernetes rejected the podSpec built by agent-stack-k8s: failed to create job: {rejected.Message}",
                    cancellationToken);
            case CreateOutcome.Refused refused:
                return new LaunchOutcome.NothingCreated(LaunchOutlook.TryAgain, refused.Message);
            case CreateOutcome.NotSent notSent:
                return new LaunchOutcome.NothingCreated(LaunchOutlook.TryAgain, notSent.Message);
            case CreateOutcome.Ambiguous ambiguous:
                return new LaunchOutcome.InDoubt(ambiguous.Message);
            default:
                throw new InvalidOperationException($"unknown outcome {outcome}");
        }
    }

    private async Task<LaunchOutcome> MeetExistingAsync(JobId job, string name, CancellationToken cancellationToken)
    {
        JobFact? existing;
        try
        {
            existing = await kubernetes.ReadAsync(name, cancellationToken);
        }
        catch (Exception error) when (error is InvalidOperationException or HttpRequestException)
        {
            return new LaunchOutcome.NothingCreated(LaunchOutlook.TryAgain, error.Message);
        }

        return existing?.State switch
        {
            null => new LaunchOutcome.NothingCreated(LaunchOutlook.TryAgain, $"Kubernetes Job {name} existed a moment ago and is gone"),
            KubernetesJobState.Unfinished => new LaunchOutcome.AlreadyThere(name),
            _ => await FailAsync(job, $"The Kubernetes job {name} of this Buildkite job has already ended, without the agent having taken the job.", cancellationToken),
        };
    }

    private async Task<LaunchOutcome> FailAsync(JobId job, string detail, CancellationToken cancellationToken)
    {
        await stack.FinishAsync(job, exitStatus: -1, detail, cancellationToken);
        return new LaunchOutcome.NothingCreated(LaunchOutlook.Over, detail);
    }
}
