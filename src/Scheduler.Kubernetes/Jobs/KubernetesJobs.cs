using System.Net;
using System.Text;
using System.Threading.RateLimiting;
using k8s;
using k8s.Models;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Watching;
using Scheduler.Kubernetes.Watching.Wire;

namespace Scheduler.Kubernetes.Jobs;

/// <summary><see cref="IKubernetesJobs"/> over HTTP.</summary>
/// <param name="client">A client made by <see cref="KubernetesConnection"/>.</param>
/// <param name="ns">The namespace of all Jobs.</param>
/// <param name="selector">Which Jobs are ours: <see cref="JobSelector"/>.</param>
/// <param name="limiter">Each call takes one of its permits: <see cref="ClientRateLimit"/>. Null = no limit.</param>
/// <param name="time">Null = the system's clock.</param>
/// <param name="strangers">Is told of Jobs that are not believed; null = nobody is.</param>
public sealed class KubernetesJobs(
    IKubernetes client, string ns, string selector, RateLimiter? limiter = null, TimeProvider? time = null, Strangers? strangers = null)
    : IKubernetesJobs
{
    /// <summary>The server's answer to its own time-out is worth waiting for.</summary>
    private static readonly TimeSpan AnswerGrace = TimeSpan.FromMilliseconds(500);

    /// <summary>Three quarters of it are left for the server, which knows no time-out below a tenth of a second.</summary>
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan LongestWayThere = TimeSpan.FromSeconds(2);

    /// <summary>Between the two looks that an absence needs.</summary>
    private static readonly TimeSpan SecondLookAfter = TimeSpan.FromMilliseconds(250);

    private readonly ApiClient _api = new(client);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly PacedCalls _calls = new(limiter, time ?? TimeProvider.System);
    private readonly ServerWish _wish = new(time ?? TimeProvider.System);
    private readonly JobDeadlines _deadlines = new(new ApiClient(client), new PacedCalls(limiter, time ?? TimeProvider.System), ns, time ?? TimeProvider.System);
    private readonly IResourceFeed<JobFact> _feed = ResourceFeeds.Jobs(client, ns, selector, time ?? TimeProvider.System, strangers);

    public async Task<CreateOutcome> CreateAsync(V1Job job, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Both clocks: a machine that is suspended while this waits must not send what has long been over.
        var begun = ClockReading.Take(_time);
        var body = Encoding.UTF8.GetBytes(KubernetesJson.Serialize(job));
        try
        {
            // Half: a create that waited longer would have little time left, and its token none to spare.
            await _wish.RespectAsync(timeout / 2, cancellationToken);
            await _calls.TakePermitAsync(Left(), cancellationToken);
        }
        catch (HttpRequestException error)
        {
            return new CreateOutcome.NotSent(error.Message);
        }

        // The server counts from the request's arrival, so part of the time is set aside for getting there, and the body
        // is not sent once that part is over.
        var left = Left();
        // A time-out that the server would print as 0 s, it takes for none.
        if (left < ShortestTimeout)
        {
            return new CreateOutcome.NotSent("too little time was left for the request to be sent");
        }

        var wayThere = left / 4 < LongestWayThere ? left / 4 : LongestWayThere;
        using var content = new GuardedContent(body, wayThere, _time);
        return await SendCreateAsync(content, left - wayThere, left + AnswerGrace, cancellationToken);

        TimeSpan Left() => timeout - ClockReading.Take(_time).Since(begun);
    }

    public async Task<JobFact?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (await ReadOnceAsync(name, cancellationToken) is { } found)
        {
            return found;
        }

        // A store that was frozen carries out what had piled up in any order: seen with etcd were creates, long since timed
        // out, that came right after a read which had waited beside them.
        await Task.Delay(SecondLookAfter, _time, cancellationToken);
        return await ReadOnceAsync(name, cancellationToken);
    }

    public async Task<bool> DeleteAsync(string name, string uid, CancellationToken cancellationToken)
    {
        using var content = DeletionBody.For(uid);
        return await _calls.IsDoneAsync(
            token => _api.SendAsync(HttpMethod.Delete, "delete", ApiResource.Jobs, ApiResource.Jobs.PathOf(ns, name), content, token),
            cancellationToken);
    }

    public Task<bool> SetDeadlineAsync(string name, string uid, TimeSpan deadline, CancellationToken cancellationToken) =>
        _deadlines.SetAsync(name, uid, deadline, cancellationToken);

    public async Task<(IReadOnlyList<JobFact> Jobs, Revision Revision)> ListAsync(CancellationToken cancellationToken)
    {
        await _calls.TakePermitAsync(PacedCalls.Timeout, cancellationToken);
        var all = await _feed.ListAsync(cancellationToken);
        return (all.Items, all.Revision);
    }

    private async Task<JobFact?> ReadOnceAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return JobReading.Read(await _calls.CallAsync(
                token => _api.ReadAsync(
                    HttpMethod.Get, "get", ApiResource.Jobs, ApiResource.Jobs.PathOf(ns, name), content: null, WireJson.Default.JobWire, token),
                cancellationToken)).Item;
        }
        catch (ApiException error) when (error.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<CreateOutcome> SendCreateAsync(
        GuardedContent content, TimeSpan serverTimeout, TimeSpan patience, CancellationToken cancellationToken)
    {
        var path = $"{ApiResource.Jobs.PathIn(ns)}?timeout={(long)serverTimeout.TotalMilliseconds}ms";
        try
        {
            var created = await Patience.WithinAsync(
                patience,
                _time,
                token => _api.ReadAsync(HttpMethod.Post, "create", ApiResource.Jobs, path, content, WireJson.Default.JobWire, token),
                cancellationToken);
            return created.Metadata?.Uid is { } uid
                ? new CreateOutcome.Created(uid, created.Metadata.Revision)
                : new CreateOutcome.Ambiguous("the answer to the create is no Job");
        }
        catch (ApiException error)
        {
            _wish.Note(error);
            return CreateAnswer.Understand(error);
        }
        catch (HttpRequestException error)
        {
            return content.Close() ? new CreateOutcome.NotSent(error.Message) : new CreateOutcome.Ambiguous(error.Message);
        }
    }
}
