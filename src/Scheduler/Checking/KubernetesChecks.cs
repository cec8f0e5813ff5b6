using System.Net;
using k8s;
using k8s.Autorest;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Permissions;
using Scheduler.Running;

namespace Scheduler.Checking;

/// <summary>Whether Kubernetes lets the controller work. Changes nothing there; each call has its own deadline.</summary>
internal sealed class KubernetesChecks(ControllerOptions options, IKubernetes client, TimeSpan limit, CheckFindings findings)
{
    /// <returns>The agent token and the number of unfinished Jobs; null for what could not be read.</returns>
    public async Task<(string? Token, int? UnfinishedJobs)> RunAsync(CancellationToken cancellationToken)
    {
        if (!await IsReachableAsync(cancellationToken))
        {
            return (null, null);
        }

        await NamespaceAsync(cancellationToken);
        await PermissionsAsync(cancellationToken);
        return (await TokenAsync(cancellationToken), await UnfinishedJobsAsync(cancellationToken));
    }

    private async Task<bool> IsReachableAsync(CancellationToken cancellationToken)
    {
        try
        {
            var version = await WithinAsync(token => client.Version.GetCodeAsync(token), cancellationToken);
            findings.Ok("kubernetes", $"{version.GitVersion} at {client.BaseUri}{KubernetesConnection.Through(client)}");
            return true;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Fail(
                "kubernetes",
                $"{client.BaseUri} cannot be asked{KubernetesConnection.Through(client)}: {Describe(error, "get", "version")}; permissions, secret and Jobs remain unchecked",
                "check KUBECONFIG or the pod's service account, and that the API server can be reached from here");
            return false;
        }
    }

    /// <summary>The controller's own account need not be allowed to read namespaces.</summary>
    private async Task NamespaceAsync(CancellationToken cancellationToken)
    {
        var what = $"namespace {options.Namespace}";
        try
        {
            await WithinAsync(token => client.CoreV1.ReadNamespaceAsync(options.Namespace, cancellationToken: token), cancellationToken);
            findings.Ok(what, "exists");
        }
        catch (HttpOperationException error) when (error.Response.StatusCode == HttpStatusCode.NotFound)
        {
            findings.Fail(what, "does not exist", "create it, or set namespace to one that does");
        }
        catch (HttpOperationException error) when (error.Response.StatusCode == HttpStatusCode.Forbidden)
        {
            findings.Ok(what, "may not be looked at, which is not needed; a secret that is found there shows that it exists");
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Warn(what, $"cannot be read: {Describe(error, "get", "namespaces")}");
        }
    }

    private async Task PermissionsAsync(CancellationToken cancellationToken)
    {
        var review = new PermissionReview(client);
        var needed = NeededPermissions.For(options);
        var answers = needed.Select(permission => AskAsync(review, permission, cancellationToken)).ToArray();
        foreach (var (permission, answer) in needed.Zip(answers))
        {
            var what = $"permission {permission}{(permission.Place == PermissionPlace.Scheduler && NameFor(permission) is { } name ? $" {name}" : "")}";
            try
            {
                if (await answer)
                {
                    findings.Ok(what, $"allowed in namespace {permission.NamespaceFor(options)}");
                }
                else
                {
                    findings.Fail(
                        what,
                        $"not allowed in namespace {permission.NamespaceFor(options)}; it is needed for {permission.Reason}",
                        $"add to the controller's Role: {permission.Resource.RuleFor(permission.Verb)}");
                }
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                findings.Warn(what, $"Kubernetes does not say: {error.Message}");
            }
        }
    }

    private Task<bool> AskAsync(PermissionReview review, Permission permission, CancellationToken cancellationToken) => WithinAsync(
        token => review.IsAllowedAsync(permission, permission.NamespaceFor(options), NameFor(permission), token), cancellationToken);

    /// <summary>Secrets are granted by name, but nobody can be allowed to create an object of one name only.</summary>
    private string? NameFor(Permission permission) => permission switch
    {
        { Verb: "create" } => null,
        _ when permission.Resource != ApiResource.Secrets => null,
        { Place: PermissionPlace.Jobs } => options.AgentTokenSecret,
        _ => NodeTrust.SecretName(options),
    };

    private async Task<string?> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = await WithinAsync(ct => AgentToken.ReadAsync(client, options, ct), cancellationToken);
            findings.Ok("agent token", $"secret {options.Namespace}/{options.AgentTokenSecret} has one");
            return token;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Fail("agent token", error.Message, $"see that secret {options.Namespace}/{options.AgentTokenSecret} can be read and holds the agent token");
            return null;
        }
    }

    private async Task<int?> UnfinishedJobsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var jobs = new KubernetesJobs(client, options.Namespace, JobSelector.For(options.Id));
            var (all, _) = await WithinAsync(jobs.ListAsync, cancellationToken);
            var unfinished = all.Count(job => job.State == KubernetesJobState.Unfinished);
            findings.Ok("jobs", FormattableString.Invariant($"{all.Count} of this controller, {unfinished} of them unfinished"));
            return unfinished;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Fail("jobs", $"cannot be listed: {error.Message}", "without the list no token is ever granted; see the permissions above");
            return null;
        }
    }

    private Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        Patience.WithinAsync(limit, TimeProvider.System, call, cancellationToken);

    private static string Describe(Exception error, string verb, string resource) =>
        error is HttpOperationException answer ? ApiFailure.Describe(answer, verb, resource) : error.Message;
}
