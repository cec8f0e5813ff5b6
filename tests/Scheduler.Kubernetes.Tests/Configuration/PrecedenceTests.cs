using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Tests.Configuration;

public class PrecedenceTests
{
    private const string File = """
        max-in-flight: 100
        namespace: from-file
        debug: true
        """;

    [Fact]
    public void WithoutAnyInputTheDefaultsHold()
    {
        var options = Configured.By();

        Assert.Equal(new ControllerOptions(), options);
        Assert.Equal((25, "default", false, 0), (options.MaxInFlight, options.Namespace, options.Debug, options.ReservationExpirySeconds));
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15)), (options.JobTtl, options.PodPendingTimeout));
    }

    [Theory]
    [InlineData(100, "from-file", true)]
    [InlineData(50, "from-env", true, "MAX_IN_FLIGHT=50", "NAMESPACE=from-env")]
    [InlineData(0, "from-file", false, "MAX_IN_FLIGHT=0", "DEBUG=false")]
    [InlineData(200, "from-cli", true, "MAX_IN_FLIGHT=50", "NAMESPACE=from-env", "--max-in-flight=200", "--namespace=from-cli")]
    [InlineData(0, "from-file", false, "MAX_IN_FLIGHT=50", "DEBUG=true", "--max-in-flight=0", "--debug=false")]
    [InlineData(100, "from-env", true, "NAMESPACE=from-env", "--namespace=")]
    [InlineData(100, "from-file", true, "NAMESPACE=", "--debug")]
    public void FlagsWinOverVariablesAndThoseOverTheFile(int maxInFlight, string @namespace, bool debug, params string[] given)
    {
        var options = Configured.By(
            File,
            [.. given.Where(text => !text.StartsWith("--", StringComparison.Ordinal))],
            [.. given.Where(text => text.StartsWith("--", StringComparison.Ordinal))]);

        Assert.Equal((maxInFlight, @namespace, debug), (options.MaxInFlight, options.Namespace, options.Debug));
    }

    [Fact]
    public void EachKeyComesFromItsOwnSource()
    {
        var result = Configured.Load(
            "{max-in-flight: 100, namespace: from-file, job-ttl: 5m}", ["NAMESPACE=from-env", "JOB_TTL=15m"], ["--namespace=from-cli"]);

        Assert.Equal((100, "from-cli", TimeSpan.FromMinutes(15)), (result.Options!.MaxInFlight, result.Options.Namespace, result.Options.JobTtl));
        Assert.Equal(ConfigurationSource.File, result.Sources["max-in-flight"]);
        Assert.Equal(ConfigurationSource.Flag, result.Sources["namespace"]);
        Assert.Equal(ConfigurationSource.Environment, result.Sources["job-ttl"]);
        Assert.False(result.Sources.ContainsKey("queue"));
    }

    [Theory]
    [InlineData(1800, "reservation-expiry-seconds: 1800")]
    [InlineData(900, null, "--reservation-expiry-seconds=900")]
    [InlineData(1800, "reservation-expiry-seconds: 600", "--reservation-expiry-seconds=1800")]
    [InlineData(3600, null, "RESERVATION_EXPIRY_SECONDS=3600")]
    public void TheReservationsLengthComesFromAnySource(int expected, string? file, string? given = null)
    {
        var isFlag = given?.StartsWith("--", StringComparison.Ordinal) == true;
        Assert.Equal(expected, Configured.By(file, isFlag || given is null ? [] : [given], isFlag ? [given!] : []).ReservationExpirySeconds);
    }

    [Fact]
    public void TagsOfAFlagOrVariableReplaceTheFilesAndAnEmptyFlagClearsThem()
    {
        const string Tags = "tags: [a=1, b=2]";

        Assert.Equal<string>(["a=1", "b=2"], Configured.By(Tags).Tags);
        Assert.Equal<string>(["c=3"], Configured.By(Tags, ["TAGS=c=3"]).Tags);
        Assert.Equal<string>(["d=4", "e=5"], Configured.By(Tags, ["TAGS=c=3"], ["--tags=d=4,e=5"]).Tags);
        Assert.Equal<string>(["a=1", "b=2"], Configured.By(Tags, ["TAGS="]).Tags);
        Assert.Empty(Configured.By(Tags, ["TAGS=c=3"], ["--tags="]).Tags);
    }

    [Fact]
    public void ANullInTheFileIsTheZeroValueAndNotTheDefault()
    {
        var options = Configured.By("""
            max-in-flight:
            enable-completion-watcher: ~
            tags: null
            log-format:
            agent-config:
            resource-classes:
            image-pull-backoff-grace-period:
            additional-redacted-vars:
            """);

        Assert.Equal((0, false, ""), (options.MaxInFlight, options.EnableCompletionWatcher, options.LogFormat));
        Assert.Empty(options.Tags);
        Assert.Empty(options.AdditionalRedactedVars);
        Assert.Null(options.AgentConfig);
        Assert.Null(options.ResourceClasses);
        Assert.Equal(TimeSpan.Zero, options.ImagePullBackoffGracePeriod);
    }

    [Fact]
    public void NamesThatDoNotFollowTheRuleAreTheOriginals()
    {
        var options = Configured.By(null, ["BUILDKITE_K8S_STACK_CONTROLLER_ID=by-env", "GRAPH_QL_ENDPOINT=g"], ["--buildkite-token=t"]);

        Assert.Equal(("by-env", "g", "t"), (options.Id, options.GraphqlEndpoint, options.IntegrationTestBuildkiteToken));
        Assert.Equal("my-controller", Configured.By(null, ["ID=ignored"], ["--id=my-controller"]).Id);
    }

    [Fact]
    public void TheFileIsFoundByArgumentThenFlagThenVariable()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (first, second) = (Path.Combine(folder.FullName, "1.yaml"), Path.Combine(folder.FullName, "2.yaml"));
            System.IO.File.WriteAllText(first, "\ufeffqueue: first");
            System.IO.File.WriteAllText(second, "queue: second");

            Assert.Equal("first", Queue(first, second, null));
            Assert.Equal("second", Queue(null, second, first));
            Assert.Equal("first", Queue("", "", first));
            Assert.Equal("", Queue(null, null, ""));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static string Queue(string? path, string? flag, string? variable) => ConfigurationLoader.Load(
            path,
            variable is null ? [] : new Dictionary<string, string> { ["CONFIG"] = variable },
            flag is null ? [] : new Dictionary<string, string?> { ["config"] = flag }).Options!.Queue;
    }

    [Fact]
    public void AMissingFileIsAProblemThatNamesIt()
    {
        var result = ConfigurationLoader.Load("/nowhere/config.yaml", new Dictionary<string, string>(), new Dictionary<string, string?>());

        Assert.Contains("failed to read config file /nowhere/config.yaml", Assert.Single(result.Problems).Problem, StringComparison.Ordinal);
    }
}
