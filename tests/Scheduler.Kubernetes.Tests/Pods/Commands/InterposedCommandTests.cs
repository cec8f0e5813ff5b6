using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods.Commands;

namespace Scheduler.Kubernetes.Tests.Pods.Commands;

public sealed class InterposedCommandTests
{
    private static readonly string[] Command = ["one", "two", "three", "four", "five six seven eight"];

    private static readonly string[] Args = ["nine", "ten", "eleven twelve"];

    [Theory]
    [InlineData(Interposer.Unset, "one\ntwo\nthree\nfour\nfive six seven eight nine ten 'eleven twelve'")]
    [InlineData(Interposer.Buildkite, "one\ntwo\nthree\nfour\nfive six seven eight nine ten 'eleven twelve'")]
    [InlineData(Interposer.Vector, "one two three four 'five six seven eight' nine ten 'eleven twelve'")]
    [InlineData(Interposer.Legacy, "one two three four five six seven eight nine ten eleven twelve")]
    public void CommandAndArgsBecomeOneText(Interposer interposer, string text) =>
        Assert.Equal(text, InterposedCommand.Join(interposer, Command, Args));

    [Theory]
    [InlineData("", "", "a\nb c")]
    [InlineData("vector", "", "a 'b c'")]
    [InlineData("vector", "legacy", "a b c")]
    [InlineData("vector", "buildkite", "a\nb c")]
    public void ThePluginsInterposerBeatsTheConfiguredOneUnlessItIsEmpty(string configured, string plugin, string command)
    {
        var pod = new Given
        {
            Config = $"default-command-params: {{interposer: '{configured}'}}",
            Plugin = $$$"""{"podSpec":{"containers":[{"image":"a","command":["a","b c"]}]},"commandParams":{"interposer":"{{{plugin}}}"}}""",
        }.Pod();

        Assert.Equal(command, pod.Container("container-0").Value("BUILDKITE_COMMAND"));
    }

    [Fact]
    public void AnUnknownInterposerIsRefused()
    {
        var refusal = new Given { Plugin = """{"commandParams":{"interposer":"Vector"}}""" }.Refusal();

        Assert.StartsWith("agent-stack-k8s failed to parse the job: failed parsing Kubernetes plugin: commandParams.interposer", refusal, StringComparison.Ordinal);
        Assert.Contains("Vector", refusal, StringComparison.Ordinal);
    }
}
