using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Scheduler.Buildkite.Transport;
using Scheduler.Buildkite.Wire;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Text;

namespace Scheduler.Buildkite;

/// <summary>The calls of one stack over HTTP.</summary>
internal sealed partial class Stack : IStack
{
    private const int MostPerRequest = 1000;
    private const int ParallelRequests = 4;
    private static readonly TimeSpan LongestExpiry = TimeSpan.FromHours(1);

    private readonly StacksTransport _transport;
    private readonly StacksUris _uris;
    private readonly RuleTable _rules;
    private readonly StacksJson _pages;
    private readonly ILogger _logger;

    public Stack(StackRegistration registration, StacksTransport transport, StacksUris uris, ILogger logger)
    {
        Registration = registration;
        _transport = transport;
        _uris = uris;
        _rules = new RuleTable(registration.Queue);
        _pages = StacksJson.ForPages(_rules);
        _logger = logger;
    }

    public StackRegistration Registration { get; }

    public async Task<bool> DeregisterAsync(CancellationToken cancellationToken)
    {
        try
        {
            var call = new StacksCall(StacksEndpoint.Deregister, HttpMethod.Post, _uris.Deregister(Registration.Key));
            await _transport.SendAsync(call, cancellationToken);
            return true;
        }
        catch (StacksApiException gone) when (gone.Kind == StacksErrorKind.NotFound)
        {
            LogAlreadyDeregistered(Registration.Key);
            return false;
        }
    }

    public async Task<ScheduledPage> ListScheduledAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MostPerRequest);
        var uri = _uris.ListScheduled(Registration.Key, Registration.QueueKey, after, limit);
        var call = new StacksCall(StacksEndpoint.ListScheduled, HttpMethod.Get, uri);
        var (reply, delay) = await _transport.SendAsync(call, _pages.ListReply, flaw: null, cancellationToken);
        var page = PageOf(reply, delay);
        if (reply.Jobs?.Count > page.Jobs.Length)
        {
            LogUnusableJobs(reply.Jobs.Count - page.Jobs.Length);
        }

        return page;
    }

    public async Task<ReserveResult> ReserveAsync(IReadOnlyCollection<JobId> jobs, TimeSpan? expiry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var seconds = SecondsOf(expiry);
        var reservation = new Reservation();
        foreach (var chunk in jobs.Distinct().Chunk(MostPerRequest))
        {
            if (reservation.IsHopeless)
            {
                reservation.NotAsked(chunk);
                continue;
            }

            try
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(new ReserveBody(chunk, seconds), StacksJson.Shared.ReserveBody);
                var call = new StacksCall(StacksEndpoint.Reserve, HttpMethod.Put, _uris.Reserve(Registration.Key), body);
                var answer = await _transport.SendAsync(call, StacksJson.Shared.ReserveReply, flaw: null, cancellationToken);
                reservation.Answered(chunk, answer.Value);
            }
            catch (StacksApiException error)
            {
                reservation.Failed(chunk, error);
            }
        }

        return reservation.ToResult();
    }

    public async Task<BuildkiteJob?> GetJobAsync(JobId job, CancellationToken cancellationToken)
    {
        try
        {
            var call = new StacksCall(StacksEndpoint.GetJob, HttpMethod.Get, _uris.GetJob(Registration.Key, job));
            var (reply, _) = await _transport.SendAsync(call, StacksJson.Shared.JobReply, answer => FlawOf(answer, job), cancellationToken);
            return new BuildkiteJob(job, reply.Command ?? "", reply.Env!.ToDictionary(entry => entry.Key, entry => entry.Value ?? ""));
        }
        catch (StacksApiException gone) when (gone.Kind == StacksErrorKind.NotFound)
        {
            return null;
        }
    }

    public async Task<IReadOnlyDictionary<JobId, JobState>> GetStatesAsync(
        IReadOnlyCollection<JobId> jobs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var chunks = jobs.Distinct().Chunk(MostPerRequest).ToArray();
        var replies = new StatesReply[chunks.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelRequests, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, chunks.Length, parallel, async (index, token) =>
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new StatesBody(chunks[index]), StacksJson.Shared.StatesBody);
            var call = new StacksCall(StacksEndpoint.GetStates, HttpMethod.Post, _uris.GetStates(Registration.Key), body);
            replies[index] = (await _transport.SendAsync(call, StacksJson.Shared.StatesReply, flaw: null, token)).Value;
        });

        return StatesOf(replies, jobs.Count);
    }

    public async Task<FinishOutcome> FinishAsync(JobId job, int exitStatus, string detail, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(detail);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new FinishBody(exitStatus, CroppedText.ForFinish(PlainText.Lines(detail))), StacksJson.Shared.FinishBody);
        try
        {
            var call = new StacksCall(StacksEndpoint.Finish, HttpMethod.Post, _uris.Finish(Registration.Key, job), body);
            await _transport.SendAsync(call, cancellationToken);
            return FinishOutcome.Finished;
        }
        catch (StacksApiException error) when (error.Kind == StacksErrorKind.Invalid)
        {
            LogFinishRefused(job, error.Message);
            return FinishOutcome.AlreadyEnded;
        }
        catch (StacksApiException error) when (error.Kind == StacksErrorKind.NotFound)
        {
            LogFinishRefused(job, error.Message);
            return FinishOutcome.Gone;
        }
    }

    public async Task<NotifyResult> NotifyAsync(IReadOnlyCollection<StackNotification> notifications, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notifications);
        var delivery = new Delivery();
        foreach (var chunk in notifications.Chunk(MostPerRequest))
        {
            if (delivery.IsHopeless)
            {
                delivery.NotSent(chunk);
                continue;
            }

            try
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(Delivery.BodyOf(chunk), StacksJson.Shared.NotificationsBody);
                var call = new StacksCall(StacksEndpoint.Notify, HttpMethod.Post, _uris.Notifications(Registration.Key), body);
                var answer = await _transport.SendAsync(call, StacksJson.Shared.NotificationsReply, flaw: null, cancellationToken);
                delivery.Answered(chunk, answer.Value);
            }
            catch (StacksApiException error)
            {
                delivery.Failed(chunk, error);
            }
        }

        return delivery.ToResult();
    }

    private ScheduledPage PageOf(ListReply reply, TimeSpan? delay)
    {
        var jobs = ImmutableArray.CreateBuilder<ScheduledJob>(reply.Jobs?.Count ?? 0);
        foreach (var listed in reply.Jobs ?? [])
        {
            if (listed?.Id is { } id)
            {
                // A time that never changes, so that a job without one keeps its place from poll to poll.
                var scheduledAt = listed.ScheduledAt ?? DateTimeOffset.UnixEpoch;
                jobs.Add(new ScheduledJob(id, listed.Priority ?? 0, scheduledAt, listed.AgentQueryRules ?? _rules.List([])));
            }
        }

        var cursor = string.IsNullOrEmpty(reply.PageInfo?.EndCursor) ? null : reply.PageInfo.EndCursor;
        var paused = reply.ClusterQueue?.DispatchPaused ?? reply.ClusterQueue?.Paused ?? false;
        return new ScheduledPage(jobs.DrainToImmutable(), paused, cursor is not null && reply.PageInfo?.HasNextPage == true, cursor, delay);
    }

    private static Dictionary<JobId, JobState> StatesOf(StatesReply[] replies, int capacity)
    {
        var states = new Dictionary<JobId, JobState>(capacity);
        foreach (var (text, state) in replies.SelectMany(reply => reply.States ?? []))
        {
            if (JobId.TryParse(text, out var id) && !string.IsNullOrEmpty(state))
            {
                states[id] = JobStateNames.Parse(state);
            }
        }

        return states;
    }

    private static string? FlawOf(JobReply reply, JobId job) =>
        reply.Env is null ? "the job has no environment"
        : !string.IsNullOrEmpty(reply.Id) && (!JobId.TryParse(reply.Id, out var id) || id != job) ? "it is another job"
        : null;

    private static int? SecondsOf(TimeSpan? expiry)
    {
        if (expiry is not { } span)
        {
            return null;
        }

        return span > TimeSpan.Zero && span <= LongestExpiry
            ? (int)Math.Ceiling(span.TotalSeconds)
            : throw new ArgumentOutOfRangeException(nameof(expiry), span, "a reservation lasts from 1 s to 1 h");
    }
}
