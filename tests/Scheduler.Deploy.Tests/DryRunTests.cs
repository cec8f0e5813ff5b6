using System.Net;
using System.Text;
using k8s;
using k8s.Models;
using Scheduler.Deploy.Tests.Helm;
using Scheduler.Testing.Envtest;
using Xunit.Abstractions;

namespace Scheduler.Deploy.Tests;

/// <summary>The real API server's opinion of everything the chart renders.</summary>
public sealed class DryRunTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [HelmAndApiServerFact]
    public async Task EveryRenderedObjectIsAcceptedByTheRealApiServer()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await using var plane = await ControlPlane.StartAsync(withJobController: false, deadline.Token);
        using var client = new k8s.Kubernetes(plane.ClientConfiguration());
        foreach (var ns in (string[])["buildkite", "monitoring", "ci-jobs"])
        {
            await client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = ns } }, cancellationToken: deadline.Token);
        }

        var (refused, unknown, accepted) = (new List<string>(), new SortedSet<string>(), 0);
        foreach (var name in Cases.Names)
        {
            foreach (var manifest in (await Cases.RenderAsync(name)).Manifests)
            {
                switch (await DryRunAsync(client, manifest, deadline.Token))
                {
                    case null:
                        unknown.Add($"{manifest.ApiVersion} {manifest.Kind}");
                        break;
                    case "":
                        accepted++;
                        break;
                    case var reason:
                        refused.Add($"{name}: {manifest}: {reason}");
                        break;
                }
            }
        }

        output.WriteLine($"{accepted} objects accepted; not known to this server: {string.Join(", ", unknown)}");
        Assert.Empty(refused);
        Assert.Subset(
            new HashSet<string>
            {
                "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy",
                "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding",
                "monitoring.coreos.com/v1 PodMonitor",
                "monitoring.coreos.com/v1 PrometheusRule",
                "policy/v1 PodDisruptionBudget",
            },
            unknown);
        Assert.True(accepted > 7 * Cases.Names.Count(), $"only {accepted} objects were judged");
    }

    /// <summary>Empty when accepted, the server's words when not, null when it does not know the kind.</summary>
    private static async Task<string?> DryRunAsync(k8s.Kubernetes client, Manifest manifest, CancellationToken cancellationToken)
    {
        var root = manifest.ApiVersion.Contains('/', StringComparison.Ordinal) ? "apis" : "api";
        var version = new Uri(client.BaseUri, $"{root}/{manifest.ApiVersion}");
        using var resources = await SendAsync(client, HttpMethod.Get, version, null, cancellationToken);
        if (resources.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var list = KubernetesJson.Deserialize<V1APIResourceList>(await resources.Content.ReadAsStringAsync(cancellationToken));
        if (list.Resources.FirstOrDefault(resource => resource.Kind == manifest.Kind && !resource.Name.Contains('/', StringComparison.Ordinal)) is not { } kind)
        {
            return null;
        }

        using var body = new StringContent(manifest.Yaml, Encoding.UTF8, "application/yaml");
        var place = kind.Namespaced ? $"namespaces/{manifest.Head.Namespace()}/" : "";
        var path = new Uri($"{version}/{place}{kind.Name}?dryRun=All");
        using var answer = await SendAsync(client, HttpMethod.Post, path, body, cancellationToken);
        return answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        k8s.Kubernetes client, HttpMethod method, Uri address, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        await client.Credentials.ProcessHttpRequestAsync(request, cancellationToken);
        return await client.HttpClient.SendAsync(request, cancellationToken);
    }
}
