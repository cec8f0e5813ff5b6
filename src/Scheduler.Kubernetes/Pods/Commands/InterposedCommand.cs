using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Pods.Commands;

/// <summary>
/// What the agent's bootstrap runs in place of a container's own <c>command</c> and <c>args</c>, for it wants one text
/// (pod-building.md §9).
/// </summary>
internal static class InterposedCommand
{
    /// <summary>The plugin's choice, else the configured one, else <see cref="Interposer.Buildkite"/>.</summary>
    public static Interposer Choose(CommandParams? plugin, CommandParams? configured) =>
        plugin is { Interposer: not Interposer.Unset } ? plugin.Interposer
        : configured is { Interposer: not Interposer.Unset } ? configured.Interposer
        : Interposer.Buildkite;

    public static string Join(Interposer interposer, IEnumerable<string>? command, IEnumerable<string>? args)
    {
        command ??= [];
        args ??= [];
        return interposer switch
        {
            Interposer.Vector => ShellWord.Join(command.Concat(args)),
            Interposer.Legacy => string.Join(' ', command.Concat(args)),
            _ => args.Any() ? string.Join('\n', command) + " " + ShellWord.Join(args) : string.Join('\n', command),
        };
    }
}
