using System.Collections.Frozen;
using System.Globalization;
using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite;

/// <summary>Makes of a <see cref="NewJob"/> what its jobs share, with the variables that Buildkite gives every job.</summary>
internal static class JobTemplates
{
    public static JobTemplate From(NewJob job, BuildkiteState state, int buildNumber, string organization)
    {
        var queue = state.Resolve(job.Queue);
        var named = queue != state.DefaultQueue && !job.Rules.Any(rule => rule.StartsWith("queue=", StringComparison.Ordinal));
        var buildUuid = Guid.NewGuid().ToString();
        return new JobTemplate
        {
            Queue = queue,
            Command = job.Command,
            Env = Env(job, buildUuid, buildNumber, organization),
            AgentQueryRules = named ? [$"queue={queue}", .. job.Rules] : [.. job.Rules],
            PipelineSlug = job.PipelineSlug,
            PipelineUuid = StableUuid(job.PipelineSlug),
            BuildUuid = buildUuid,
            BuildNumber = buildNumber,
            Branch = job.Branch,
            StepKey = job.StepKey,
        };
    }

    private static FrozenDictionary<string, string> Env(NewJob job, string buildUuid, int buildNumber, string organization)
    {
        var number = buildNumber.ToString(CultureInfo.InvariantCulture);
        var env = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["BUILDKITE"] = "true",
            ["BUILDKITE_BRANCH"] = job.Branch,
            ["BUILDKITE_BUILD_ID"] = buildUuid,
            ["BUILDKITE_BUILD_NUMBER"] = number,
            ["BUILDKITE_BUILD_URL"] = $"https://buildkite.com/{organization}/{job.PipelineSlug}/builds/{number}",
            ["BUILDKITE_COMMAND"] = job.Command,
            ["BUILDKITE_ORGANIZATION_SLUG"] = organization,
            ["BUILDKITE_PIPELINE_SLUG"] = job.PipelineSlug,
            ["BUILDKITE_REPO"] = job.Repository,
            ["BUILDKITE_STEP_KEY"] = job.StepKey ?? "",
            ["CI"] = "true",
        };
        if (job.PluginsJson is not null)
        {
            env["BUILDKITE_PLUGINS"] = job.PluginsJson;
        }

        foreach (var (name, value) in job.Env)
        {
            env[name] = value;
        }

        return env.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string StableUuid(string text) =>
        new Guid(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString();
}
