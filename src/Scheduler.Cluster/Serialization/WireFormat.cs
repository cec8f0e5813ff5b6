using Google.Protobuf;
using Scheduler.Cluster.Serialization.Wire;
using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;
using CoreDenial = Scheduler.Core.Protocol.DenialReason;
using CoreOutlook = Scheduler.Core.Protocol.LaunchOutlook;
using CoreState = Scheduler.Core.Jobs.KubernetesJobState;

namespace Scheduler.Cluster.Serialization;

/// <summary>Core messages to their wire form and back. Durations travel as whole milliseconds, rounded down.</summary>
internal static class WireFormat
{
    public static ByteString ToWire(this JobId job) => ByteString.CopyFrom(job.Value.ToByteArray(bigEndian: true));

    /// <exception cref="ArgumentException">Not 16 bytes.</exception>
    public static JobId ToJobId(this ByteString bytes) => new(new Guid(bytes.Span, bigEndian: true));

    public static GrantRef ToWire(this GrantId grant) => new() { Epoch = grant.Epoch.Value, Number = grant.Number };

    public static GrantId ToGrantId(this GrantRef? grant) =>
        grant is null ? throw new ArgumentException("a grant is missing", nameof(grant)) : new GrantId(new Epoch(grant.Epoch), grant.Number);

    public static JobGrantMessage JobGrant(JobId job, GrantId grant) => new() { Job = job.ToWire(), Grant = grant.ToWire() };

    public static ReturnMessage ToWire(this Return returned) =>
        new() { Job = returned.Job.ToWire(), Grant = returned.Grant.ToWire(), Claimed = returned.IsClaimed };

    public static Return FromWire(this ReturnMessage wire) => new(wire.Job.ToJobId(), wire.Grant.ToGrantId()) { IsClaimed = wire.Claimed };

    public static TakeMessage ToWire(this Take take) => new()
    {
        Job = take.Job.ToWire(),
        Priority = take.Priority,
        ScheduledAtUnixMs = take.ScheduledAt.ToUnixTimeMilliseconds(),
        PatienceMs = (long)take.Patience.TotalMilliseconds,
    };

    public static Take FromWire(this TakeMessage m) => new(
        m.Job.ToJobId(), m.Priority, WireValues.Time(m.ScheduledAtUnixMs), WireValues.Wait(m.PatienceMs));

    public static GrantedMessage ToWire(this Granted granted) => new()
    {
        Job = granted.Job.ToWire(),
        Grant = granted.Grant.ToWire(),
        RemainingMs = (long)granted.Remaining.TotalMilliseconds,
    };

    public static Granted FromWire(this GrantedMessage m) =>
        new(m.Job.ToJobId(), m.Grant.ToGrantId(), WireValues.Wait(m.RemainingMs));

    public static DeniedMessage ToWire(this Denied denied) => new()
    {
        Job = denied.Job.ToWire(),
        Reason = denied.Reason == CoreDenial.AlreadyRunning ? Wire.DenialReason.AlreadyRunning : Wire.DenialReason.GrantGone,
    };

    public static Denied FromWire(this DeniedMessage m) => new(
        m.Job.ToJobId(), m.Reason.FromWire());

    public static ObservedMessage ToWire(this Observed observed) => new()
    {
        Job = observed.Job.ToWire(),
        State = observed.State.ToWire(),
        Revision = observed.Revision.Value,
        Grant = observed.Grant?.ToWire(),
    };

    public static Observed FromWire(this ObservedMessage m) =>
        new(m.Job.ToJobId(), m.State.FromWire(), new Revision(m.Revision), m.Grant.ToOptionalGrantId());

    public static SnapshotMessage ToWire(this Snapshot snapshot)
    {
        var message = new SnapshotMessage { Revision = snapshot.Revision.Value };
        message.Unfinished.AddRange(snapshot.Unfinished.Select(job => new UnfinishedJobMessage
        {
            Job = job.Job.ToWire(),
            Revision = job.Revision.Value,
            Grant = job.Grant?.ToWire(),
        }));
        return message;
    }

    public static Snapshot FromWire(this SnapshotMessage m) => new(
        [.. m.Unfinished.Select(job => new UnfinishedJob(job.Job.ToJobId(), new Revision(job.Revision), job.Grant.ToOptionalGrantId()))],
        new Revision(m.Revision));

    public static RunMessage ToWire(this Run run)
    {
        var message = new RunMessage { Job = run.Job.ToWire(), Grant = run.Grant.ToWire(), Priority = run.Priority };
        message.AgentQueryRules.AddRange(run.AgentQueryRules);
        if (run is { SinceListed: { } listed, SinceGranted: { } granted })
        {
            (message.SinceListedMs, message.SinceGrantedMs) = ((long)listed.TotalMilliseconds, (long)granted.TotalMilliseconds);
        }

        return message;
    }

    public static Run FromWire(this RunMessage m) => new(m.Job.ToJobId(), m.Grant.ToGrantId(), m.Priority, [.. WireValues.Few(m.AgentQueryRules).Select(WireValues.Text)])
    {
        SinceListed = m.HasSinceListedMs ? WireValues.Span(m.SinceListedMs) : null,
        SinceGranted = m.HasSinceGrantedMs ? WireValues.Span(m.SinceGrantedMs) : null,
    };

    public static NotLaunchedMessage ToWire(this NotLaunched notLaunched) => new()
    {
        Job = notLaunched.Job.ToWire(),
        Outlook = notLaunched.Outlook == CoreOutlook.Over ? Wire.LaunchOutlook.Over : Wire.LaunchOutlook.TryAgain,
    };

    public static NotLaunched FromWire(this NotLaunchedMessage m) => new(
        m.Job.ToJobId(), m.Outlook.FromWire());

    private static GrantId? ToOptionalGrantId(this GrantRef? grant) => grant is null ? null : grant.ToGrantId();

    /// <exception cref="ArgumentException">A reason this release does not know.</exception>
    private static CoreDenial FromWire(this Wire.DenialReason reason) => reason switch
    {
        Wire.DenialReason.AlreadyRunning => CoreDenial.AlreadyRunning,
        Wire.DenialReason.GrantGone => CoreDenial.GrantGone,
        _ => throw new ArgumentException($"unknown reason {(int)reason}", nameof(reason)),
    };

    /// <exception cref="ArgumentException">An outlook this release does not know.</exception>
    private static CoreOutlook FromWire(this Wire.LaunchOutlook outlook) => outlook switch
    {
        Wire.LaunchOutlook.Over => CoreOutlook.Over,
        Wire.LaunchOutlook.TryAgain => CoreOutlook.TryAgain,
        _ => throw new ArgumentException($"unknown outlook {(int)outlook}", nameof(outlook)),
    };

    public static Wire.KubernetesJobState ToWire(this CoreState state) => state switch
    {
        CoreState.Unfinished => Wire.KubernetesJobState.Unfinished,
        CoreState.Finished => Wire.KubernetesJobState.Finished,
        _ => Wire.KubernetesJobState.Absent,
    };

    /// <exception cref="ArgumentException">A state this release does not know.</exception>
    public static CoreState FromWire(this Wire.KubernetesJobState state) => state switch
    {
        Wire.KubernetesJobState.Unfinished => CoreState.Unfinished,
        Wire.KubernetesJobState.Finished => CoreState.Finished,
        Wire.KubernetesJobState.Absent => CoreState.Absent,
        _ => throw new ArgumentException($"unknown job state {(int)state}", nameof(state)),
    };
}
