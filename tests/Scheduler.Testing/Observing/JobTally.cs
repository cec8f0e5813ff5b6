using k8s.Models;

namespace Scheduler.Testing.Observing;

/// <summary>
/// Counts Jobs from their changes, told one at a time in the order Kubernetes made them. It shares no code with the scheduler.
/// <see cref="Current"/> may be read from any thread.
/// </summary>
internal sealed class JobTally
{
    private const string JobUuid = "buildkite.com/job-uuid";

    private readonly HashSet<string> _unfinished = [];
    private readonly Dictionary<string, string> _firstUidByJob = [];
    private readonly HashSet<string> _duplicated = [];
    private volatile JobVerdict _verdict = new(0, 0, 0, 0, null);

    public JobVerdict Current => _verdict;

    public static bool IsFinished(V1Job job) => job.Status?.Conditions?.Any(c => c is { Type: "Complete" or "Failed", Status: "True" }) ?? false;

    /// <summary>The Job is there, or has changed.</summary>
    /// <param name="job">As it is now.</param>
    /// <param name="isCreation">It has come just now.</param>
    public void See(V1Job job, bool isCreation)
    {
        if (IsFinished(job))
        {
            _unfinished.Remove(job.Metadata.Uid);
        }
        else
        {
            _unfinished.Add(job.Metadata.Uid);
        }

        if ((job.Metadata.Labels?.TryGetValue(JobUuid, out var uuid) ?? false) &&
            !_firstUidByJob.TryAdd(uuid, job.Metadata.Uid) && _firstUidByJob[uuid] != job.Metadata.Uid)
        {
            _duplicated.Add(uuid);
        }

        Sum();
        if (isCreation)
        {
            _verdict = _verdict with { PeakOnCreation = Math.Max(_verdict.PeakOnCreation, _unfinished.Count) };
        }
    }

    /// <summary>The Job is gone. That its Buildkite job had one is remembered.</summary>
    public void SeeGone(string uid)
    {
        _unfinished.Remove(uid);
        Sum();
    }

    /// <summary>Changes may have been missed from now on.</summary>
    public void Fail(string why) => _verdict = _verdict with { Failure = why };

    private void Sum() => _verdict = _verdict with
    {
        Unfinished = _unfinished.Count,
        Peak = Math.Max(_verdict.Peak, _unfinished.Count),
        Jobs = _firstUidByJob.Count,
        Duplicated = _duplicated.Count,
    };
}
