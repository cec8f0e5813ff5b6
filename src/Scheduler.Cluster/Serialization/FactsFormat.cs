using Scheduler.Cluster.Serialization.Wire;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;
using CoreKind = Scheduler.Core.Facts.ContainerKind;
using CorePhase = Scheduler.Core.Facts.PodPhase;

namespace Scheduler.Cluster.Serialization;

/// <summary>Facts about Jobs and pods to their wire form and back. Times travel as whole milliseconds.</summary>
internal static class FactsFormat
{
    public static SeenMessage ToWire(this Seen seen) => new()
    {
        Job = seen.Job.ToWire(),
        KubernetesJob = seen.KubernetesJob?.ToWire(),
        Pod = seen.Pod?.ToWire(),
    };

    public static Seen FromWire(this SeenMessage m)
    {
        var job = m.Job.ToJobId();
        return new Seen(job, m.KubernetesJob?.FromWire(job), m.Pod?.FromWire(job));
    }

    private static JobFactMessage ToWire(this JobFact job)
    {
        var message = new JobFactMessage
        {
            Name = job.Name,
            Uid = job.Uid,
            State = job.State.ToWire(),
            Revision = job.Revision.Value,
            Grant = job.Grant?.ToWire(),
            Active = job.Active,
            Failed = job.Failed,
            Succeeded = job.Succeeded,
            HasPod = job.HasPod,
        };
        Put(job.CreatedAt, ms => message.CreatedAtUnixMs = ms);
        Put(job.StartedAt, ms => message.StartedAtUnixMs = ms);
        Put(job.DeletedAt, ms => message.DeletedAtUnixMs = ms);
        Put(job.Deadline, ms => message.DeadlineMs = ms);
        if (job.Ending is { } ending)
        {
            message.Ending = new JobEndingMessage { Type = ending.Type };
            Put(ending.Reason, reason => message.Ending.Reason = reason);
            Put(ending.Message, text => message.Ending.Message = text);
        }

        return message;
    }

    private static JobFact FromWire(this JobFactMessage m, JobId job) =>
        new(job, Text(m.Name), Text(m.Uid), m.State.FromWire(), new Revision(m.Revision), m.Grant?.ToGrantId())
        {
            CreatedAt = m.HasCreatedAtUnixMs ? Time(m.CreatedAtUnixMs) : null,
            StartedAt = m.HasStartedAtUnixMs ? Time(m.StartedAtUnixMs) : null,
            DeletedAt = m.HasDeletedAtUnixMs ? Time(m.DeletedAtUnixMs) : null,
            Active = WireValues.Count(m.Active),
            Failed = WireValues.Count(m.Failed),
            Succeeded = WireValues.Count(m.Succeeded),
            HasPod = m.HasPod,
            Deadline = m.HasDeadlineMs ? WireValues.Span(m.DeadlineMs) : null,
            Ending = m.Ending is { } ending
                ? new JobEnding(Text(ending.Type), ending.HasReason ? Text(ending.Reason) : null, ending.HasMessage ? Text(ending.Message) : null)
                : null,
        };

    private static PodFactMessage ToWire(this PodFact pod)
    {
        var message = new PodFactMessage { Name = pod.Name, Uid = pod.Uid, Revision = pod.Revision.Value, Phase = pod.Phase.ToWire() };
        Put(pod.Owner, uid => message.Owner = uid);
        Put(pod.NodeName, name => message.NodeName = name);
        Put(pod.CreatedAt, ms => message.CreatedAtUnixMs = ms);
        Put(pod.StartedAt, ms => message.StartedAtUnixMs = ms);
        Put(pod.DeletedAt, ms => message.DeletedAtUnixMs = ms);
        Put(pod.TerminationGrace, ms => message.TerminationGraceMs = ms);
        Put(pod.Reason, reason => message.Reason = reason);
        Put(pod.Message, text => message.Message = text);
        message.Containers.AddRange(pod.Containers.Select(ToWire));
        message.Conditions.AddRange(pod.Conditions.Select(ToWire));
        return message;
    }

    private static PodFact FromWire(this PodFactMessage m, JobId job) =>
        new(job, Text(m.Name), Text(m.Uid), new Revision(m.Revision), m.Phase.FromWire())
        {
            Owner = m.HasOwner ? Text(m.Owner) : null,
            NodeName = m.HasNodeName ? Text(m.NodeName) : null,
            CreatedAt = m.HasCreatedAtUnixMs ? Time(m.CreatedAtUnixMs) : null,
            StartedAt = m.HasStartedAtUnixMs ? Time(m.StartedAtUnixMs) : null,
            DeletedAt = m.HasDeletedAtUnixMs ? Time(m.DeletedAtUnixMs) : null,
            TerminationGrace = m.HasTerminationGraceMs ? WireValues.Span(m.TerminationGraceMs) : null,
            Reason = m.HasReason ? Text(m.Reason) : null,
            Message = m.HasMessage ? Text(m.Message) : null,
            Containers = [.. WireValues.Few(m.Containers).Select(FromWire)],
            Conditions = [.. WireValues.Few(m.Conditions).Select(FromWire)],
        };

    private static ContainerFactMessage ToWire(ContainerFact container)
    {
        var message = new ContainerFactMessage { Kind = container.Kind.ToWire(), Name = container.Name, Image = container.Image };
        if (container.Waiting is { } waiting)
        {
            message.Waiting = new ContainerWaitingMessage { Reason = waiting.Reason };
            Put(waiting.Message, text => message.Waiting.Message = text);
        }

        if (container.Terminated is { } ended)
        {
            message.Terminated = new ContainerTerminatedMessage { ExitCode = ended.ExitCode, Signal = ended.Signal, Reason = ended.Reason };
            Put(ended.Message, text => message.Terminated.Message = text);
            Put(ended.FinishedAt, ms => message.Terminated.FinishedAtUnixMs = ms);
        }

        Put(container.RunningSince, ms => message.RunningSinceUnixMs = ms);
        return message;
    }

    private static ContainerFact FromWire(ContainerFactMessage m) => new(
        m.Kind.FromWire(),
        Text(m.Name),
        Text(m.Image),
        m.Waiting is { } waiting ? new ContainerWaiting(Text(waiting.Reason), waiting.HasMessage ? Text(waiting.Message) : null) : null,
        m.HasRunningSinceUnixMs ? Time(m.RunningSinceUnixMs) : null,
        m.Terminated is { } ended
            ? new ContainerTerminated(
                ended.ExitCode,
                ended.Signal,
                Text(ended.Reason),
                ended.HasMessage ? Text(ended.Message) : null,
                ended.HasFinishedAtUnixMs ? Time(ended.FinishedAtUnixMs) : null)
            : null);

    private static PodConditionMessage ToWire(PodCondition condition)
    {
        var message = new PodConditionMessage { Type = condition.Type, Status = condition.Status };
        Put(condition.Reason, reason => message.Reason = reason);
        Put(condition.Message, text => message.Message = text);
        return message;
    }

    private static PodCondition FromWire(PodConditionMessage m) =>
        new(Text(m.Type), Text(m.Status), m.HasReason ? Text(m.Reason) : null, m.HasMessage ? Text(m.Message) : null);

    private static Wire.PodPhase ToWire(this CorePhase phase) => phase switch
    {
        CorePhase.Pending => Wire.PodPhase.Pending,
        CorePhase.Running => Wire.PodPhase.Running,
        CorePhase.Succeeded => Wire.PodPhase.Succeeded,
        CorePhase.Failed => Wire.PodPhase.Failed,
        _ => Wire.PodPhase.Unspecified,
    };

    private static CorePhase FromWire(this Wire.PodPhase phase) => phase switch
    {
        Wire.PodPhase.Pending => CorePhase.Pending,
        Wire.PodPhase.Running => CorePhase.Running,
        Wire.PodPhase.Succeeded => CorePhase.Succeeded,
        Wire.PodPhase.Failed => CorePhase.Failed,
        _ => CorePhase.Unknown,
    };

    private static Wire.ContainerKind ToWire(this CoreKind kind) => kind switch
    {
        CoreKind.Init => Wire.ContainerKind.Init,
        CoreKind.Sidecar => Wire.ContainerKind.Sidecar,
        _ => Wire.ContainerKind.Regular,
    };

    /// <exception cref="ArgumentException">A kind this release does not know.</exception>
    private static CoreKind FromWire(this Wire.ContainerKind kind) => kind switch
    {
        Wire.ContainerKind.Regular => CoreKind.Regular,
        Wire.ContainerKind.Init => CoreKind.Init,
        Wire.ContainerKind.Sidecar => CoreKind.Sidecar,
        _ => throw new ArgumentException($"unknown kind of container {(int)kind}", nameof(kind)),
    };

    private static DateTimeOffset Time(long unixMs) => WireValues.Time(unixMs);

    private static string Text(string text) => WireValues.Text(text);

    private static void Put(DateTimeOffset? time, Action<long> set)
    {
        if (time is { } known)
        {
            set(known.ToUnixTimeMilliseconds());
        }
    }

    private static void Put(TimeSpan? span, Action<long> set)
    {
        if (span is { } known)
        {
            set((long)known.TotalMilliseconds);
        }
    }

    private static void Put(string? text, Action<string> set)
    {
        if (text is not null)
        {
            set(text);
        }
    }
}
