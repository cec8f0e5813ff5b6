using System.Net;
using System.Text.Json.Nodes;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Watching.Wire;

namespace Scheduler.Kubernetes.Jobs;

/// <summary>
/// Changes Jobs' <c>activeDeadlineSeconds</c> by reading and updating the whole object: the original's Role allows no patch.
/// </summary>
internal sealed class JobDeadlines(ApiClient api, PacedCalls calls, string ns, TimeProvider time)
{
    private const int Attempts = 5;

    private static readonly TimeSpan ConflictPause = TimeSpan.FromMilliseconds(10);

    public async Task<bool> SetAsync(string name, string uid, TimeSpan deadline, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(deadline, TimeSpan.FromSeconds(1));
        var seconds = (long)Math.Ceiling(deadline.TotalSeconds);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var job = await ReadAsync(name, cancellationToken);
                if (job["metadata"]?["uid"]?.GetValue<string>() != uid)
                {
                    return false;
                }

                if (!Shorten(job, seconds))
                {
                    return true;
                }

                await UpdateAsync(name, job, cancellationToken);
                return true;
            }
            catch (ApiException error) when (error.Status == HttpStatusCode.NotFound)
            {
                return false;
            }
            catch (ApiException error) when (error.Status == HttpStatusCode.Conflict && attempt < Attempts)
            {
                await Task.Delay(ConflictPause * attempt, time, cancellationToken);
            }
            catch (Exception error) when (error is InvalidOperationException or FormatException)
            {
                throw new HttpRequestException("the API server's Job cannot be understood", error);
            }
        }
    }

    /// <summary>False when the deadline is no later already.</summary>
    private static bool Shorten(JsonObject job, long seconds)
    {
        if (job["spec"] is not JsonObject spec)
        {
            throw new FormatException("it has no spec");
        }

        if (spec["activeDeadlineSeconds"]?.GetValue<long>() <= seconds)
        {
            return false;
        }

        spec["activeDeadlineSeconds"] = seconds;
        return true;
    }

    private Task<JsonObject> ReadAsync(string name, CancellationToken cancellationToken) => calls.CallAsync(
        token => api.ReadAsync(
            HttpMethod.Get, "get", ApiResource.Jobs, ApiResource.Jobs.PathOf(ns, name), content: null, WireJson.Default.JsonObject, token),
        cancellationToken);

    /// <summary>The object still carries the revision and the UID that were read, so nothing newer is overwritten.</summary>
    private async Task UpdateAsync(string name, JsonObject job, CancellationToken cancellationToken)
    {
        using var content = ApiClient.JsonBody(job.ToJsonString());
        using var response = await calls.CallAsync(
            token => api.SendAsync(HttpMethod.Put, "update", ApiResource.Jobs, ApiResource.Jobs.PathOf(ns, name), content, token),
            cancellationToken);
    }
}
