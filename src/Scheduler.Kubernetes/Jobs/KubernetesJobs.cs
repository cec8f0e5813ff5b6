using System.Net;
using System.Text;
using System.Threading.RateLimiting;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Time;
using Scheduler.Kubernetes.Watching;
using Scheduler.Kubernetes.Watching.Wire;

namespace Scheduler.Kubernetes.Jobs;

/// <summary><see cref="IKubernetesJobs"/> over HTTP.</summary>
/// <param name="client">A client made by <see cref="KubernetesConnection"/>.</param>
/// <param name="ns">The namespace of all Jobs.</param>
/// <param name="selector">Which Jobs are ours: <see cref="JobSelector"/>.</param>
/// <param name="limiter">Each call takes one of its permits: <see cref="ClientRateLimit"/>. Null = no limit.</param>
/// <param name="time">Null = the system's clock.</param>
/// <param name="logger">Is told of Jobs whose label is no job UUID.</param>
public sealed class KubernetesJobs(
    IKubernetes client, string ns, string selector, RateLimiter? limiter = null, TimeProvider? time = null, ILogger? logger = null)
    : IKubernetesJobs
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The server's answer to its own time-out is worth waiting for.</summary>
    private static readonly TimeSpan AnswerGrace = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestWayThere = TimeSpan.FromSeconds(2);

    /// <summary>Between the two looks that an absence needs.</summary>
    private static readonly TimeSpan SecondLookAfter = TimeSpan.FromMilliseconds(250);

    private readonly ApiClient _api = new(client);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly IResourceFeed<JobFact> _feed = ResourceFeeds.Jobs(client, ns, selector, time ?? TimeProvider.System, logger);

    public async Task<CreateOutcome> CreateAsync(V1Job job, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var deadline = _time.GetMoment() + timeout;
        var body = Encoding.UTF8.GetBytes(KubernetesJson.Serialize(job));
        try
        {
            await TakePermitAsync(timeout, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            return new CreateOutcome.NotSent(error.Message);
        }

        // The server counts from the request's arrival, so part of the time is set aside for getting there, and the body
        // is not sent once that part is over.
        var now = _time.GetMoment();
        var left = deadline - now;
        var wayThere = left / 4 < LongestWayThere ? left / 4 : LongestWayThere;
        using var content = new GuardedContent(body, now + wayThere, _time);
        return await SendCreateAsync(content, left - wayThere, left + AnswerGrace, cancellationToken);
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

    public async Task<bool> DeleteAsync(string name, string? uid, CancellationToken cancellationToken)
    {
        var options = new V1DeleteOptions
        {
            GracePeriodSeconds = 0,
            PropagationPolicy = "Background",
            Preconditions = uid is null ? null : new V1Preconditions { Uid = uid },
        };
        try
        {
            using var content = ApiClient.JsonBody(KubernetesJson.Serialize(options));
            using var response = await CallAsync(
                token => _api.SendAsync(HttpMethod.Delete, "delete", ApiResource.Jobs, ApiResource.Jobs.PathOf(ns, name), content, token),
                cancellationToken);
            return true;
        }
        catch (ApiException error) when (error.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    public async Task<(IReadOnlyList<JobFact> Jobs, Revision Revision)> ListAsync(CancellationToken cancellationToken)
    {
        await TakePermitAsync(CallTimeout, cancellationToken);
        var all = await _feed.ListAsync(cancellationToken);
        return (all.Items, all.Revision);
    }

    private async Task<JobFact?> ReadOnceAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return JobReading.Read(await CallAsync(
                token => _api.ReadAsync(
                    HttpMethod.Get, "get", ApiResource.Jobs, ApiResource.Jobs.PathOf(ns, name), content: null, WireJson.Default.JobWire, token),
                cancellationToken));
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
            return CreateAnswer.Understand(error);
        }
        catch (HttpRequestException error)
        {
            return content.Close() ? new CreateOutcome.NotSent(error.Message) : new CreateOutcome.Ambiguous(error.Message);
        }
    }

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        await TakePermitAsync(CallTimeout, cancellationToken);
        return await Patience.WithinAsync(CallTimeout, _time, call, cancellationToken);
    }

    /// <exception cref="HttpRequestException">There was no permit in time.</exception>
    private async Task TakePermitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (limiter is null)
        {
            return;
        }

        using var permit = await Patience.WithinAsync(limit, _time, token => limiter.AcquireAsync(1, token).AsTask(), cancellationToken);
        if (!permit.IsAcquired)
        {
            throw new HttpRequestException("k8s-client-rate-limiter-qps lets no more calls through");
        }
    }
}
