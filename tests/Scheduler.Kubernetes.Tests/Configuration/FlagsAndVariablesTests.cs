using System.Collections.Immutable;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.Kubernetes.Tests.Configuration;

public class FlagsAndVariablesTests
{
    [Theory]
    [InlineData("10", 10)]
    [InlineData("+10", 10)]
    [InlineData("-10", -10)]
    [InlineData("0x10", 16)]
    [InlineData("0XfF", 255)]
    [InlineData("0b11", 3)]
    [InlineData("0o17", 15)]
    [InlineData("010", 8)]
    [InlineData("1_000", 1000)]
    [InlineData("0x_ff", 255)]
    [InlineData("0", 0)]
    [InlineData("00", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void IntegersAreWrittenAsInGo(string text, long expected)
    {
        Assert.True(GoInteger.TryParse(text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1_")]
    [InlineData("_1")]
    [InlineData("1__0")]
    [InlineData("08")]
    [InlineData("0x")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("9223372036854775808")]
    [InlineData("1\n")]
    [InlineData("١")]
    public void OtherTextsAreNoIntegers(string text) => Assert.False(GoInteger.TryParse(text, out _));

    [Theory]
    [InlineData("true", true)]
    [InlineData("YES", true)]
    [InlineData("1", true)]
    [InlineData("False", false)]
    [InlineData("no", false)]
    [InlineData("0", false)]
    public void BooleansAreTrueOneYesAndTheirOpposites(string text, bool expected)
    {
        Assert.Equal(expected, Configured.By(null, [$"DEBUG={text}"]).Debug);
        Assert.Equal(expected, Configured.By(null, null, [$"--debug={text}"]).Debug);
    }

    [Theory]
    [InlineData("t")]
    [InlineData("on")]
    [InlineData("off")]
    [InlineData("2")]
    [InlineData("")]
    public void OtherTextsAreNoBooleans(string text)
    {
        Assert.Equal("debug", Configured.Refused(null, [$"DEBUG={text}"]).Key);
        Assert.Equal("debug", Configured.Refused(null, null, [$"--debug={text}"]).Key);
    }

    [Theory]
    [InlineData("a=1,b=2", "a=1", "b=2")]
    [InlineData("a=1, b=2", "a=1", " b=2")]
    [InlineData(@"a=1\,2,b=2", "a=1,2", "b=2")]
    [InlineData(@"a=\x", @"a=\x")]
    [InlineData(@"a=\", @"a=\")]
    [InlineData("a=1,", "a=1")]
    [InlineData("")]
    public void TagsAreSeparatedByCommas(string text, params string[] expected) => Assert.Equal([.. expected], TagList.Parse(text).ToArray());

    [Theory]
    [InlineData("MAX_IN_FLIGHT", "")]
    [InlineData("DEBUG", "")]
    [InlineData("JOB_TTL", "")]
    [InlineData("MAX_IN_FLIGHT", "many")]
    [InlineData("MAX_IN_FLIGHT", "3000000000")]
    [InlineData("JOB_TTL", "300")]
    [InlineData("JOB_TTL", "1d")]
    public void AnUnusableVariableIsAnErrorEvenIfAFlagOverridesIt(string name, string value)
    {
        var flag = name == "DEBUG" ? "--debug" : name == "JOB_TTL" ? "--job-ttl=5m" : "--max-in-flight=1";

        var problem = Configured.Refused(null, [$"{name}={value}"], [flag]);

        Assert.Equal(ConfigurationSource.Environment, problem.Source);
        Assert.Contains(name, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AVariableOfAKubernetesServiceIsExplained()
    {
        var problem = Configured.Refused(null, ["PROMETHEUS_PORT=tcp://10.0.0.1:9090"]);

        Assert.Contains("enableServiceLinks", problem.Remedy, StringComparison.Ordinal);
        Assert.Contains("tcp://10.0.0.1:9090", problem.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownFlagNamesTheOneMeant()
    {
        var problem = Configured.Refused(null, null, ["--max-inflight=3"]);

        Assert.Contains("--max-inflight", problem.Problem, StringComparison.Ordinal);
        Assert.Contains("--max-in-flight", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void AFlagWithoutItsValueIsAnError() =>
        Assert.Contains("--max-in-flight needs a value", Configured.Refused(null, null, ["--max-in-flight"]).Problem, StringComparison.Ordinal);

    [Fact]
    public void SubDocumentsAreForTheFileOnly()
    {
        ImmutableArray<string> fileOnly =
        [
            "workspace-volume", "workspace-mount-sub-path-expr", "additional-redacted-vars", "default-metadata", "pod-spec-patch", "agent-config",
            "default-checkout-params", "default-command-params", "default-sidecar-params", "resource-classes", "default-resource-class-name",
        ];

        Assert.Equal(fileOnly.Order(), ConfigurationKeys.All.Where(key => key.Flag is null).Select(key => key.Name).Order());
        Assert.All(ConfigurationKeys.All, key => Assert.Equal(key.Flag is null, key.Variable is null));
    }
}
