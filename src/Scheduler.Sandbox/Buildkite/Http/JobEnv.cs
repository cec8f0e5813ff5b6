using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>A job's environment: what its template shares, and its own id.</summary>
internal static class JobEnv
{
    public static IReadOnlyDictionary<string, string> Of(Job job) =>
        new Dictionary<string, string>(job.Template.Env, StringComparer.Ordinal) { ["BUILDKITE_JOB_ID"] = job.Id.ToString() };
}
