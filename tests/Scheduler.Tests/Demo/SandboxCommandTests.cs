using System.Diagnostics;
using Scheduler.Demo;

namespace Scheduler.Tests.Demo;

public sealed class SandboxCommandTests : IAsyncLifetime, IDisposable
{
    private const string Manifest = """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: hello}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{name: main, image: busybox, command: [sleep, "1"]}]
        """;

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(3));
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-kubectl-").FullName;
    private SandboxWorld _world = null!;

    public async Task InitializeAsync() =>
        _world = await SandboxWorld.StartAsync(
            new SandboxOptions { UseTls = true, Kubeconfig = Path.Combine(_folder, "kubeconfig") }, _deadline.Token);

    [KubectlFact]
    public async Task TheStockKubectlCreatesGetsDescribesWatchesAndDeletes()
    {
        var manifest = Path.Combine(_folder, "job.yaml");
        await File.WriteAllTextAsync(manifest, Manifest, _deadline.Token);

        Assert.Contains("job.batch/hello created", await KubectlAsync("create", "-f", manifest), StringComparison.Ordinal);
        using (var watch = Start("get", "jobs", "--watch"))
        {
            while (await watch.StandardOutput.ReadLineAsync(_deadline.Token) is { } line && !line.Contains("1/1", StringComparison.Ordinal))
            {
                // The Job is on its way to its end.
            }

            watch.Kill();
            await watch.WaitForExitAsync(_deadline.Token);
        }

        var both = await KubectlAsync("get", "jobs,pods");
        Assert.Contains("job.batch/hello", both, StringComparison.Ordinal);
        Assert.Contains("pod/hello-", both, StringComparison.Ordinal);
        Assert.Contains("busybox", await KubectlAsync("describe", "job", "hello"), StringComparison.Ordinal);
        Assert.Contains("deleted", await KubectlAsync("delete", "job", "hello"), StringComparison.Ordinal);
        Assert.DoesNotContain("job.batch/hello", await KubectlAsync("get", "jobs"), StringComparison.Ordinal);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _deadline.Dispose();

    private async Task<string> KubectlAsync(params string[] arguments)
    {
        using var kubectl = Start(arguments);
        var (output, errors) = (kubectl.StandardOutput.ReadToEndAsync(_deadline.Token), kubectl.StandardError.ReadToEndAsync(_deadline.Token));
        await kubectl.WaitForExitAsync(_deadline.Token);
        Assert.True(kubectl.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {await errors}");
        return await output;
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = _world.Kubeconfig;
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
