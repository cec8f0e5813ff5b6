using k8s;
using k8s.Autorest;
using Scheduler.Rendering;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Golden;
using Xunit.Abstractions;

namespace Scheduler.Envtest.Tests;

/// <summary>The real API server's opinion of the Jobs built for the golden inputs.</summary>
public sealed class GoldenDryRunTests(ITestOutputHelper output)
{
    /// <summary>What 1.20 does not know: init containers with probes (native sidecars), and ephemeral volume claims.</summary>
    private static readonly string[] GapsOfOldServers = ["pod-spec-native-sidecar", "workspace-volume-ephemeral-claim"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [GoldenApiServerFact]
    public async Task EveryBuiltJobIsAcceptedByTheRealApiServer()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await using var plane = await ControlPlane.StartAsync(withJobController: false, deadline.Token);
        using var client = new k8s.Kubernetes(plane.ClientConfiguration());
        var renderer = new Renderer(options: null, new Dictionary<string, k8s.Models.V1PodTemplate>());
        var refused = new List<string>();
        var accepted = 0;
        foreach (var name in GoldenFolder.Names())
        {
            if (renderer.Render(GoldenFolder.Input(name)).Job is not { } job)
            {
                continue;
            }

            try
            {
                await client.BatchV1.CreateNamespacedJobAsync(job, "default", dryRun: "All", cancellationToken: deadline.Token);
                accepted++;
            }
            catch (HttpOperationException error)
            {
                refused.Add($"{name}: {error.Response.Content}");
            }
        }

        output.WriteLine($"{accepted} Jobs accepted, {refused.Count} refused");
        refused.ForEach(output.WriteLine);
        Assert.NotEqual(0, accepted);
        Assert.DoesNotContain(refused, text => !EnvtestAssets.IsOld || !GapsOfOldServers.Any(gap => text.StartsWith(gap + ":", StringComparison.Ordinal)));
    }
}
