using System.Diagnostics;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pipelines;
using Scheduler.Kubernetes.Pods.Plugin;

namespace Scheduler.Kubernetes.Tests.Pods.Plugin;

/// <summary>What an author can make the controller do by writing much nonsense.</summary>
public sealed class HugePluginTests
{
    [Theory]
    [InlineData(10_000, 60)]
    [InlineData(2_000, 10_000)]
    public void OfThousandsOfUnknownKeysTwentyAreTold(int keys, int length)
    {
        var plugin = $"{{\"podSpec\":{{{string.Join(',', Enumerable.Range(0, keys).Select(key => $"\"{Key(key, length)}\":1"))}}}}}";
        var clock = Stopwatch.StartNew();

        var parsed = Assert.IsType<PluginResult.Parsed>(new Given { Plugin = plugin }.Parse());

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
        Assert.Equal(21, parsed.Warnings.Length);
        Assert.Equal($"and {keys - 20} more", parsed.Warnings[^1]);
        Assert.All(parsed.Warnings, warning => Assert.True(warning.Length <= 1000));
    }

    [Fact]
    public void UnknownKeysAndNullsAreCountedTogether()
    {
        var nulls = string.Join(',', Enumerable.Range(0, 1000).Select(label => $"\"l{label}\":null"));
        var unknown = string.Join(',', Enumerable.Range(0, 30).Select(key => $"\"unknown{key}\":1"));
        var parsed = Assert.IsType<PluginResult.Parsed>(
            new Given { Plugin = $"{{{unknown},\"podSpecPatch\":{{\"nodeSelector\":{{{nulls}}}}}}}" }.Parse());
        Assert.Equal("and 1010 more", parsed.Warnings[^1]);
    }

    [Fact]
    public void ThousandsOfWrongValuesAreOneShortFailure()
    {
        var containers = string.Join(',', Enumerable.Range(0, 20_000).Select(_ => "{\"command\":\"" + new string('x', 500) + "\"}"));
        var failed = Assert.IsType<PluginResult.Failed>(new Given { Plugin = $"{{\"podSpec\":{{\"containers\":[{containers}]}}}}" }.Parse());
        Assert.EndsWith("; and 19980 more", failed.Message, StringComparison.Ordinal);
        Assert.True(failed.Message.Length < 5000, failed.Message);
    }

    [Fact]
    public void KeysCannotAddLinesToAFailure()
    {
        var failed = Assert.IsType<PluginResult.Failed>(new Given { Plugins = """[{"a\nfaked":1,"b\u2028\u001b[2J":2}]""" }.Parse());
        Assert.DoesNotContain('\n', failed.Message);
        Assert.DoesNotContain('\u2028', failed.Message);
        Assert.DoesNotContain('\u001b', failed.Message);
    }

    [Fact]
    public void ManyTagsThatAreNoneAreTwentyWarnings()
    {
        var built = new Given { Rules = [.. Enumerable.Range(0, 500).Select(rule => $"nonsense{rule}")] }.Result();
        Assert.Equal(21, built.Warnings.Length);
        Assert.Equal("and 480 more", built.Warnings[^1]);
    }

    [Fact]
    public void LintOfAHugePluginDoesNotTakeLong()
    {
        var keys = string.Join("\n", Enumerable.Range(0, 10_000).Select(key => $"      {Key(key, 60)}: 1"));
        var clock = Stopwatch.StartNew();
        var report = PipelineLint.Check($"steps:\n- plugins:\n  - kubernetes:\n{keys}\n", new ControllerOptions());
        Assert.True(report.Errors > 100);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    private static string Key(int number, int length) => $"k{number}".PadRight(length, 'x');
}
