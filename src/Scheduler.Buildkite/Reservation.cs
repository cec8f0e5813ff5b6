using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Buildkite.Wire;
using Scheduler.Core.Identity;

namespace Scheduler.Buildkite;

/// <summary>Gathers the answers to the requests of one <see cref="IStack.ReserveAsync"/>.</summary>
internal sealed class Reservation
{
    private readonly ImmutableArray<JobId>.Builder _reserved = ImmutableArray.CreateBuilder<JobId>();
    private readonly ImmutableArray<JobId>.Builder _notReserved = ImmutableArray.CreateBuilder<JobId>();
    private readonly ImmutableArray<JobId>.Builder _failed = ImmutableArray.CreateBuilder<JobId>();
    private StacksApiException? _error;

    /// <summary>Another request would be refused like the last one.</summary>
    public bool IsHopeless { get; private set; }

    public void Answered(JobId[] asked, ReserveReply reply)
    {
        var reserved = IdsOf(reply.Reserved);
        var notReserved = IdsOf(reply.NotReserved);
        var unmentioned = _failed.Count;
        foreach (var job in asked)
        {
            (reserved.Contains(job) ? _reserved : notReserved.Contains(job) ? _notReserved : _failed).Add(job);
        }

        unmentioned = _failed.Count - unmentioned;
        if (unmentioned > 0)
        {
            var message = string.Create(
                CultureInfo.InvariantCulture, $"reserve jobs: the answer does not mention {unmentioned} of {asked.Length} jobs");
            _error ??= new StacksApiException(StacksEndpoint.Reserve, StacksErrorKind.Transient, message);
        }
    }

    public void Failed(JobId[] asked, StacksApiException error)
    {
        _failed.AddRange(asked);
        _error ??= error;
        IsHopeless = error.Kind != StacksErrorKind.Transient;
    }

    public void NotAsked(JobId[] jobs) => _failed.AddRange(jobs);

    public ReserveResult ToResult() =>
        new(_reserved.DrainToImmutable(), _notReserved.DrainToImmutable(), _failed.DrainToImmutable(), _error);

    private static HashSet<JobId> IdsOf(List<string?>? texts)
    {
        var ids = new HashSet<JobId>(texts?.Count ?? 0);
        foreach (var text in texts ?? [])
        {
            if (JobId.TryParse(text, out var id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }
}
