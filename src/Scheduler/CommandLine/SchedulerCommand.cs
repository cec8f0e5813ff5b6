using System.CommandLine;

namespace Scheduler.CommandLine;

/// <summary>The program's command line: one file per command.</summary>
internal static class SchedulerCommand
{
    public static RootCommand Create() => new("Runs the jobs waiting in a Buildkite queue as Kubernetes Jobs, never more than max-in-flight at once.")
    {
        RunCommand.Create(),
        RenderCommand.Create(),
        LintCommand.Create(),
        CheckCommand.Create(),
        DeregisterCommand.Create(),
        DemoCommand.Create(),
        SandboxCommand.Create(),
        StatusCommand.Create(),
        ReferenceCommand.Create(),
        VersionCommand.Create(),
    };
}
