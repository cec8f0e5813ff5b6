using Akka.Actor;
using Akka.Cluster.Sharding;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Launching;

/// <summary>
/// Stands for one Buildkite job, on whichever node its shard lives. Launches it and tells the limiter and JobFetcher how that
/// went. Keeps nothing: Kubernetes remembers the job.
/// </summary>
public sealed partial class JobActor : ReceiveActor
{
    private readonly IJobLauncher _launcher;
    private readonly IActorRef _limiter;
    private readonly IActorRef _fetcher;
    private readonly CancellationTokenSource _stopping = new();
    private Run? _launching;
    private Run? _next;

    public JobActor(IJobLauncher launcher, IActorRef limiter, IActorRef fetcher)
    {
        (_launcher, _limiter, _fetcher) = (launcher, limiter, fetcher);
        Receive<Run>(OnRun);
        Receive<LaunchEnded>(OnEnded);
        Receive<Leave>(_ => Context.Stop(Self));
    }

    public static Props Props(IJobLauncher launcher, IActorRef limiter, IActorRef fetcher) =>
        Akka.Actor.Props.Create(() => new JobActor(launcher, limiter, fetcher));

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void OnRun(Run run)
    {
        if (_launching is null)
        {
            Launch(run);
        }
        else if (run.Grant != _launching.Grant)
        {
            // The limiter has settled the grant in hand meanwhile; how that launch ended is known soon.
            _next = run;
        }
    }

    private void Launch(Run run)
    {
        _launching = run;
        _launcher.LaunchAsync(run, _stopping.Token).PipeTo(
            Self,
            success: outcome => new LaunchEnded(run, outcome),
            failure: error => new LaunchEnded(run, new LaunchOutcome.InDoubt(error.Message)));
    }

    private void OnEnded(LaunchEnded ended)
    {
        LogOutcome(ended.Run.Job, ended.Outcome);
        var (job, grant) = (ended.Run.Job, ended.Run.Grant);
        switch (ended.Outcome)
        {
            case LaunchOutcome.Created:
                _fetcher.Tell(new Launched(job));
                break;
            case LaunchOutcome.AlreadyThere:
                _limiter.Tell(new Return(job, grant));
                _fetcher.Tell(new Launched(job));
                break;
            case LaunchOutcome.NothingCreated nothing:
                _limiter.Tell(new Return(job, grant));
                _fetcher.Tell(new NotLaunched(job, nothing.Outlook));
                break;
            case LaunchOutcome.InDoubt:
                _fetcher.Tell(new NotLaunched(job, LaunchOutlook.TryAgain));
                break;
        }

        (_launching, var next) = (null, _next);
        _next = null;
        if (next is null)
        {
            Passivate();
        }
        else
        {
            Launch(next);
        }
    }

    /// <summary>Through the shard, so that a message under way to this actor is not lost.</summary>
    private static void Passivate() => Context.Parent.Tell(new Passivate(Leave.Instance));

    private sealed record LaunchEnded(Run Run, LaunchOutcome Outcome);

    private sealed record Leave
    {
        public static readonly Leave Instance = new();
    }
}
