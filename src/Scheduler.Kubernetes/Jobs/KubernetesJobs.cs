using System.Net;
using System.Net.Sockets;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Connection;

namespace Scheduler.Kubernetes.Jobs;

/// <summary><see cref="IKubernetesJobs"/> over KubernetesClient.</summary>
/// <param name="client">A client made by <see cref="KubernetesConnection"/>.</param>
/// <param name="ns">The namespace of all Jobs.</param>
/// <param name="selector">Which Jobs are ours: <see cref="JobSelector"/>.</param>
public sealed class KubernetesJobs(IKubernetes client, string ns, string selector) : IKubernetesJobs
{
    private const int PageSize = 500;

    /// <summary>The server's answer to its own time-out is worth waiting for: it says that nothing was created.</summary>
    private static readonly TimeSpan AnswerGrace = TimeSpan.FromMilliseconds(500);

    public async Task<CreateOutcome> CreateAsync(V1Job job, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(timeout + AnswerGrace);
        try
        {
            using var scope = CreateTimeoutHandler.Within(timeout);
            var created = await client.BatchV1.CreateNamespacedJobAsync(job, ns, cancellationToken: patience.Token);
            return new CreateOutcome.Created(created.Metadata.Uid, Revision.Parse(created.Metadata.ResourceVersion));
        }
        catch (HttpOperationException error)
        {
            return Understand(error);
        }
        catch (HttpRequestException error) when (error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return new CreateOutcome.NotSent($"the API server refuses connections: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CreateOutcome.Ambiguous($"no answer within {timeout + AnswerGrace}");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or System.Text.Json.JsonException)
        {
            return new CreateOutcome.Ambiguous(error.Message);
        }
    }

    public async Task<JobFact?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return JobFact.From(await client.BatchV1.ReadNamespacedJobAsync(name, ns, cancellationToken: cancellationToken));
        }
        catch (HttpOperationException error) when (error.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (HttpOperationException error)
        {
            throw new InvalidOperationException(ApiFailure.Describe(error, "get", "jobs"), error);
        }
    }

    public async Task<(IReadOnlyList<JobFact> Jobs, Revision Revision)> ListAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<JobFact>();
        string? next = null;
        try
        {
            while (true)
            {
                var page = await client.BatchV1.ListNamespacedJobAsync(
                    ns, labelSelector: selector, limit: PageSize, continueParameter: next, cancellationToken: cancellationToken);
                jobs.AddRange(page.Items.Select(JobFact.From).OfType<JobFact>());
                next = page.Metadata.ContinueProperty;
                if (string.IsNullOrEmpty(next))
                {
                    return (jobs, Revision.Parse(page.Metadata.ResourceVersion));
                }
            }
        }
        catch (HttpOperationException error)
        {
            throw new InvalidOperationException(ApiFailure.Describe(error, "list", "jobs"), error);
        }
    }

    private static CreateOutcome Understand(HttpOperationException error)
    {
        var message = ApiFailure.Describe(error, "create", "jobs");
        return error.Response.StatusCode switch
        {
            HttpStatusCode.Conflict when ApiFailure.Reason(error) == "AlreadyExists" => new CreateOutcome.AlreadyExists(),
            HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => new CreateOutcome.Rejected(message),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Conflict
                or HttpStatusCode.TooManyRequests => new CreateOutcome.Refused(message, ApiFailure.RetryAfter(error)),
            _ => new CreateOutcome.Ambiguous(message),
        };
    }
}
