using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Batching;

/// <summary>
/// Lines that wait to be sent: no more than a limit, and no more per job than Buildkite takes. Mutable; one owner,
/// <see cref="Notifications"/>.
/// </summary>
/// <param name="limit">Most lines that wait, at least 1.</param>
internal sealed class Outbox(int limit)
{
    /// <summary>The limit of the Stacks API for the whole life of a job.</summary>
    private const int MostPerJob = 100;

    /// <summary>Of so many jobs the lines are counted; older ones have ended, and Buildkite counts too.</summary>
    private const int MostCounted = 50_000;

    private readonly Queue<OutgoingLine> _lines = new();
    private readonly Dictionary<JobId, int> _perJob = [];
    private readonly Queue<JobId> _counted = new();

    public int Count => _lines.Count;

    /// <summary>False: there is no room, or the job has had its share.</summary>
    public bool TryAdd(OutgoingLine line)
    {
        var sent = _perJob.GetValueOrDefault(line.Job);
        if (_lines.Count >= limit || sent >= MostPerJob)
        {
            return false;
        }

        if (sent == 0)
        {
            _counted.Enqueue(line.Job);
            if (_counted.Count > MostCounted)
            {
                _perJob.Remove(_counted.Dequeue());
            }
        }

        _perJob[line.Job] = sent + 1;
        _lines.Enqueue(line);
        return true;
    }

    /// <summary>Puts a line back that could not be sent; false when there is no room.</summary>
    public bool TryReturn(OutgoingLine line)
    {
        if (_lines.Count >= limit)
        {
            return false;
        }

        _lines.Enqueue(line);
        return true;
    }

    public OutgoingLine[] Take(int most)
    {
        var taken = new OutgoingLine[Math.Min(most, _lines.Count)];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = _lines.Dequeue();
        }

        return taken;
    }
}

/// <summary>A line for a job's timeline.</summary>
/// <param name="Job">The job.</param>
/// <param name="Detail">The text.</param>
/// <param name="At">When it happened.</param>
/// <param name="Failures">How often it could not be sent.</param>
internal sealed record OutgoingLine(JobId Job, string Detail, DateTimeOffset At, int Failures);
