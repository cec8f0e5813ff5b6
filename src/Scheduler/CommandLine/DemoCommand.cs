using System.CommandLine;
using Scheduler.Demo;

namespace Scheduler.CommandLine;

/// <summary><c>scheduler demo</c>: the whole scheduler on the sandbox, in one process.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var defaults = new DemoOptions();
        var jobs = Count("--jobs", defaults.Jobs, "Buildkite jobs to run");
        var limit = Count("--max-in-flight", defaults.MaxInFlight, "most Kubernetes Jobs unfinished at once; 0 = unlimited", least: 0);
        var nodes = Count("--nodes", defaults.Nodes, "scheduler nodes in the cluster");
        var duration = DurationOption.Create("--job-duration", defaults.JobDuration, "how long each job runs");
        var killEvery = DurationOption.Create(
            "--kill-every", defaults.KillEvery, "crash a node without warning so often and replace it; needs two nodes or more; 0 = never");
        var seed = new Option<int>("--seed") { Description = "seed of the sandbox's chances", DefaultValueFactory = _ => defaults.Seed };
        var json = new Option<bool>("--json") { Description = "print one JSON object at the end and nothing else" };

        var command = new Command("demo", "Runs jobs through the scheduler on an embedded Buildkite and Kubernetes.")
        {
            jobs, limit, nodes, killEvery, duration, seed, json,
        };
        command.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValue(killEvery) > TimeSpan.Zero && result.GetValue(nodes) < 2)
            {
                result.AddError("--kill-every: one node alone has nobody to take over; add --nodes=3");
            }
        });
        command.SetAction((result, cancellationToken) => DemoRun.RunAsync(
            new DemoOptions
            {
                Jobs = result.GetValue(jobs),
                MaxInFlight = result.GetValue(limit),
                Nodes = result.GetValue(nodes),
                KillEvery = result.GetValue(killEvery),
                JobDuration = result.GetValue(duration),
                Seed = result.GetValue(seed),
                Json = result.GetValue(json),
            },
            result.InvocationConfiguration.Output,
            cancellationToken));
        return command;
    }

    private static Option<int> Count(string name, int preset, string description, int least = 1)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => preset };
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValueOrDefault<int>() >= least)
            {
                return;
            }

            result.AddError($"{name}: {result.GetValueOrDefault<int>()} is too small; use {least} or more");
        });
        return option;
    }
}
