using System.Globalization;

namespace Scheduler.Testing.Networking;

/// <summary>Loses some of the packets that arrive in a network namespace, by nftables: the kernel's own emulator of bad networks is often not built in.</summary>
internal static class PacketFilter
{
    private const string Program = "nft";
    private const string Table = "inet lossy";

    public static bool IsInstalled { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, Program)));

    /// <param name="space">The namespace.</param>
    /// <param name="percent">1 to 99.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <exception cref="IpCommandException">The kernel or nft refuses.</exception>
    public static async Task DropAsync(string space, int percent, CancellationToken cancellationToken)
    {
        await DropNothingAsync(space, cancellationToken);
        await RunAsync(space, $"add chain {Table} arriving {{ type filter hook input priority 0; }}", cancellationToken);
        await RunAsync(
            space,
            string.Create(CultureInfo.InvariantCulture, $"add rule {Table} arriving iifname != lo numgen random mod 100 < {percent} drop"),
            cancellationToken);
    }

    /// <inheritdoc cref="DropAsync"/>
    public static async Task DropNothingAsync(string space, CancellationToken cancellationToken)
    {
        await RunAsync(space, $"add table {Table}", cancellationToken);
        await RunAsync(space, $"flush table {Table}", cancellationToken);
    }

    private static Task RunAsync(string space, string command, CancellationToken cancellationToken) =>
        IpCommand.RunAsync($"netns exec {space} {Program} {command}", cancellationToken);
}
