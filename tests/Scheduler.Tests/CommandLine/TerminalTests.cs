using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Scheduler.Checking;
using Scheduler.Testing.Texts;
using Scheduler.Tests.Logging;

namespace Scheduler.Tests.CommandLine;

/// <summary>What is printed cannot steer the terminal, nor pass for a line of ours.</summary>
public sealed partial class TerminalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("terminal-").FullName;
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(1));

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _deadline.Dispose();
    }

    [Fact]
    public void NothingIsPrintedButByWayOfTerminal()
    {
        // The formatters print what LogRecord has cleaned; these two commands print texts of the program itself.
        string[] others = ["Terminal.cs", "LogfmtFormatter.cs", "JsonFormatter.cs", "ReferenceCommand.cs", "VersionCommand.cs"];
        var printing = SourceTemplates.Files("Scheduler")
            .Where(file => !others.Contains(Path.GetFileName(file)) && Printing().IsMatch(File.ReadAllText(file)));
        Assert.Empty(printing);
    }

    [Fact]
    public async Task CheckPrintsOneLineForEachFinding()
    {
        var report = new CheckReport(
            [new CheckLine(CheckLevel.Fail, HostileText.Everything, HostileText.Everything, HostileText.Everything)],
            [new PlanLine("stack", HostileText.Everything, HostileText.Everything)]);
        foreach (var json in (bool[])[true, false])
        {
            using var output = new StringWriter();
            await CheckView.PrintAsync(report, json, output);
            Assert.Null(HostileText.FlawIn(output.ToString(), lineEnds: true));
            Assert.DoesNotContain("\nNov 28", output.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("kubernetes: {\"KEY\": 1}")]
    [InlineData("kubernetes: {podSpec: {containers: [{image: \"KEY\", name: \"KEY\"}]}}")]
    [InlineData("\"KEY\": {}")]
    [InlineData("kubernetes: {podSpec: \"KEY\"}")]
    public async Task LintPrintsOneLineForEachFinding(string plugin)
    {
        const string Escaped = @"a\nfaked\e[2J\u2028b\u202e\x85\0";
        var file = Path.Combine(_folder, "pipeline.yml");
        await File.WriteAllTextAsync(file, $"steps: [{{plugins: [{plugin.Replace("KEY", Escaped, StringComparison.Ordinal)}]}}]");
        var (_, output, errors) = await Cli.RunAsync(_deadline.Token, "lint", file);
        Assert.Null(HostileText.FlawIn(output + errors, lineEnds: true));
        Assert.All(output.TrimEnd('\n').Split('\n'), line => Assert.StartsWith(file, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RenderPrintsWarningsAndErrorsOnTheirLines()
    {
        var name = "github.com/buildkite-plugins/kubernetes-buildkite-plugin";
        var plugin = System.Text.Json.JsonSerializer.Serialize(
            new[] { new Dictionary<string, object> { [name] = new Dictionary<string, object> { [HostileText.Everything] = 1 } } });
        var job = System.Text.Json.JsonSerializer.Serialize(new
        {
            job = new { id = Guid.NewGuid(), command = "x", env = new { BUILDKITE_PLUGINS = plugin, BUILDKITE_BUILD_URL = HostileText.Everything } },
            scheduled = new { priority = 1, agent_query_rules = new[] { HostileText.Everything } },
        });
        var file = Path.Combine(_folder, "job.json");
        await File.WriteAllTextAsync(file, job);

        var (exitCode, _, errors) = await Cli.RunAsync(_deadline.Token, "render", "--job", file);

        Assert.Equal(0, exitCode);
        Assert.Null(HostileText.FlawIn(errors, lineEnds: true));
        Assert.All(errors.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("warning: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task StatusShowsNothingThatSteersWhoeverAnswers()
    {
        await using var node = await HostileNodeAsync();
        var (exitCode, output, errors) = await Cli.RunAsync(_deadline.Token, "status", "--url", node.Urls.Single());
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("granting", output, StringComparison.Ordinal);
        Assert.Null(HostileText.FlawIn(output, lineEnds: true));
        Assert.DoesNotContain("\nNov 28", output, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> HostileNodeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var node = builder.Build();
        const string Text = HostileText.Everything;
        node.Run(context => context.Request.Path.Value switch
        {
            "/cluster/members" => context.Response.WriteAsJsonAsync(new
            {
                selfNode = Text,
                members = new[] { new { node = Text, nodeUid = Text, status = Text, roles = new[] { Text } } },
                unreachable = Array.Empty<object>(),
                leader = Text,
                oldest = Text,
                oldestPerRole = new { },
            }),
            "/singletons" => context.Response.WriteAsJsonAsync(new
            {
                limiter = new { node = Text, phase = "granting" + Text, leaseHolder = Text, holders = new[] { new { job = Text, state = Text, ageSeconds = 1.0 } } },
                watcher = new { node = Text, trouble = Text },
            }),
            _ => context.Response.WriteAsJsonAsync(new { regions = new { }, totalEntities = 0, totalShards = 0 }),
        });
        await node.StartAsync();
        return node;
    }

    [GeneratedRegex(@"\.WriteLineAsync\(|\.WriteAsync\(|Console\.(Out|Error)?\.?Write|(output|errors)\.Write")]
    private static partial Regex Printing();
}
