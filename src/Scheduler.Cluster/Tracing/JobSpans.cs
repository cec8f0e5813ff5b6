using System.Diagnostics;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tracing;

/// <summary>
/// One job as a trace: a span from its listing to its end, and one child for each thing it waited for. All spans are made at
/// the end, by the job's actor, which knows all the times: so no context has to travel. An actor that was revived after a
/// fail-over knows less and its trace begins with the Kubernetes Job.
/// </summary>
internal sealed class JobSpans
{
    /// <summary>Whom a tracer has to listen to.</summary>
    public const string SourceName = "Scheduler.Jobs";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly List<(string Name, DateTimeOffset Start)> _parts = [];
    private bool _isRecorded;

    /// <summary>A token was had and the job reserved.</summary>
    public void Started(Run run, DateTimeOffset now)
    {
        if (Source.HasListeners() && _parts.Count == 0 && run is { SinceListed: { } listed, SinceGranted: { } granted })
        {
            _parts.Add(("wait for token", now - listed));
            _parts.Add(("wait for reservation", now - granted));
        }
    }

    /// <summary>The job's state changed.</summary>
    public void Changed(JobLifecycle before, JobLifecycle after, DateTimeOffset now)
    {
        if (before.Stage == after.Stage || _isRecorded || !Source.HasListeners())
        {
            return;
        }

        if (after.Stage is LifecycleStage.Finished)
        {
            // The end is told several times; only who saw the job live tells of it.
            if (before.Stage is not LifecycleStage.Idle)
            {
                _isRecorded = true;
                Record(after, now);
            }
        }
        else if (Name(after.Stage) is { } name)
        {
            _parts.Add((name, now));
        }
    }

    private static string? Name(LifecycleStage stage) => stage switch
    {
        LifecycleStage.Creating => "create",
        LifecycleStage.Created => "wait for pod",
        LifecycleStage.Pending => "wait for agent",
        LifecycleStage.Running => "run",
        LifecycleStage.Ending => "end",
        _ => null,
    };

    private void Record(JobLifecycle job, DateTimeOffset end)
    {
        var created = job.KubernetesJob?.CreatedAt;
        if (_parts.Count == 0)
        {
            _parts.Add(("run", created ?? end));
        }

        var start = created < _parts[0].Start ? created.Value : _parts[0].Start;
        using var root = Begin("job", default, start);
        root?.SetTag("buildkite.job.uuid", job.Job.ToString());
        root?.SetTag("k8s.job.name", job.KubernetesJob?.Name);
        if (job.Vanished || job.KubernetesJob?.Ending?.Type == "Failed")
        {
            root?.SetStatus(ActivityStatusCode.Error, job.Vanished ? "the Kubernetes Job was deleted" : job.KubernetesJob?.Ending?.Reason);
        }

        for (var i = 0; i < _parts.Count; i++)
        {
            using var part = Begin(_parts[i].Name, root?.Context ?? default, _parts[i].Start);
            part?.SetEndTime((i + 1 < _parts.Count ? _parts[i + 1].Start : end).UtcDateTime);
        }

        root?.SetEndTime(end.UtcDateTime);
    }

    private static Activity? Begin(string name, ActivityContext parent, DateTimeOffset start) =>
        Source.StartActivity(name, ActivityKind.Internal, parent, startTime: start);
}
