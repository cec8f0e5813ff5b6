using System.Net;
using k8s;

namespace Scheduler.Sandbox.Tests.Kubernetes;

public sealed class ListTests
{
    [Theory]
    [InlineData("tier", "a b")]
    [InlineData("!tier", "c")]
    [InlineData("tier=front", "a")]
    [InlineData("tier==front", "a")]
    [InlineData("tier!=front", "b c")]
    [InlineData("tier in (front, back),x", "b")]
    [InlineData("tier notin (front)", "b c")]
    [InlineData("x=", "b")]
    public async Task LabelsSelect(string selector, string expected)
    {
        await using var api = await ApiServer.StartPassiveAsync();
        foreach (var (name, labels) in new[] { ("a", "tier=front"), ("b", "tier=back,x="), ("c", "") })
        {
            var job = ApiServer.Job(name);
            job.Metadata.Labels = labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Append("all=1").ToDictionary(pair => pair.Split('=')[0], pair => pair.Split('=')[1]);
            await api.CreateAsync(job);
        }

        var found = await api.Client.BatchV1.ListNamespacedJobAsync("default", labelSelector: selector);

        Assert.Equal(expected, string.Join(' ', found.Items.Select(job => job.Metadata.Name)));
    }

    [Fact]
    public async Task AMalformedSelectorIsABadRequest()
    {
        await using var api = await ApiServer.StartPassiveAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync($"{ApiServer.Jobs}?labelSelector=a%3D%3D%3Db")).Code);
    }

    [Fact]
    public async Task PagesShowOneMomentWhateverHappensBetweenThem()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        for (var i = 0; i < 5; i++)
        {
            await api.CreateAsync(ApiServer.Job($"job-{i}"));
        }

        var first = await api.Client.BatchV1.ListNamespacedJobAsync("default", limit: 2);
        await api.CreateAsync(ApiServer.Job("job-15"));
        await api.Client.BatchV1.DeleteNamespacedJobAsync("job-4", "default", propagationPolicy: "Background");
        var second = await api.Client.BatchV1.ListNamespacedJobAsync("default", limit: 2, continueParameter: first.Metadata.ContinueProperty);
        var third = await api.Client.BatchV1.ListNamespacedJobAsync("default", limit: 2, continueParameter: second.Metadata.ContinueProperty);

        Assert.Equal("job-0 job-1 job-2 job-3 job-4", string.Join(' ', first.Items.Concat(second.Items).Concat(third.Items).Select(job => job.Metadata.Name)));
        Assert.Equal((3L, 1L, null), (first.Metadata.RemainingItemCount, second.Metadata.RemainingItemCount, third.Metadata.RemainingItemCount));
        Assert.Equal(first.Metadata.ResourceVersion, third.Metadata.ResourceVersion);
        Assert.Null(third.Metadata.ContinueProperty);
    }

    [Fact]
    public async Task APageAfterCompactionIsGone()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        await api.CreateAsync(ApiServer.Job("b"));
        var page = await api.Client.BatchV1.ListNamespacedJobAsync("default", limit: 1);
        await api.CreateAsync(ApiServer.Job("c"));
        await api.Server.Faults.CompactHistoryAsync(CancellationToken.None);

        var (code, body) = await api.GetAsync($"{ApiServer.Jobs}?limit=1&continue={Uri.EscapeDataString(page.Metadata.ContinueProperty)}");

        Assert.Equal((HttpStatusCode.Gone, "Expired"), (code, (string?)body["reason"]));
    }

    [Fact]
    public async Task ARevisionFromTheFutureTimesOut()
    {
        await using var api = await ApiServer.StartPassiveAsync();

        var (code, body) = await api.GetAsync($"{ApiServer.Jobs}?resourceVersion=99999999");

        Assert.Equal(HttpStatusCode.GatewayTimeout, code);
        Assert.Equal("ResourceVersionTooLarge", (string?)body["details"]!["causes"]![0]!["reason"]);
    }

    [Fact]
    public async Task EventsAreFoundByWhatTheyAreAbout()
    {
        await using var api = await ApiServer.StartAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        var job = await api.CreateAsync(ApiServer.Job("b"));

        var events = await ApiServer.UntilAsync(
            () => api.Client.CoreV1.ListNamespacedEventAsync("default", fieldSelector: $"involvedObject.name=b,involvedObject.kind=Job,involvedObject.uid={job.Metadata.Uid}"),
            found => found.Items.Count == 1);

        Assert.Equal("SuccessfulCreate", events.Items[0].Reason);
    }

    [Fact]
    public async Task PodsAreFoundByPhase()
    {
        await using var api = await ApiServer.StartAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        await api.CreateAsync(ApiServer.Job("b"));
        await api.PodOfAsync("b");
        await api.SetPhaseAsync(await api.PodOfAsync("a"), "Running");

        var running = await api.Client.CoreV1.ListPodForAllNamespacesAsync(fieldSelector: "status.phase=Running");

        Assert.Equal("a", Assert.Single(running.Items).Metadata.Labels["job-name"]);
    }

    [Fact]
    public async Task TablesShowWhatKubectlPrints()
    {
        await using var api = await ApiServer.StartAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        await api.SetPhaseAsync(await api.PodOfAsync("a"), "Running");

        var (_, jobs) = await api.SendAsync(HttpMethod.Get, ApiServer.Jobs, accept: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
        var (_, pods) = await api.SendAsync(HttpMethod.Get, ApiServer.Pods, accept: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");

        Assert.Equal("Name Completions Duration Age", string.Join(' ', jobs["columnDefinitions"]!.AsArray().Take(4).Select(column => (string?)column!["name"])));
        Assert.Equal(["a", "0/1"], jobs["rows"]![0]!["cells"]!.AsArray().Take(2).Select(cell => (string?)cell));
        Assert.Equal("Name Ready Status Restarts Age", string.Join(' ', pods["columnDefinitions"]!.AsArray().Take(5).Select(column => (string?)column!["name"])));
        Assert.Equal(["0/1", "Running", "0"], pods["rows"]![0]!["cells"]!.AsArray().Skip(1).Take(3).Select(cell => (string?)cell));
    }
}
