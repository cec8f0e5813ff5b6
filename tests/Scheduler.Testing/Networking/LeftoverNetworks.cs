using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Scheduler.Testing.Networking;

/// <summary>Takes networks down, also those of runs that died before they could: with the processes that still run in them.</summary>
internal static class LeftoverNetworks
{
    /// <summary>Where <c>ip netns exec</c> finds the files that take the place of those in <c>/etc</c>.</summary>
    public const string Settings = "/etc/netns";

    /// <summary>Removes what belongs to processes that are no more.</summary>
    public static async Task RemoveAsync(CancellationToken cancellationToken)
    {
        foreach (var name in FirstWords(await IpCommand.RunAsync("netns list", cancellationToken)).Where(IsLeft))
        {
            await RemoveNamespaceAsync(name, cancellationToken);
        }

        foreach (var name in FirstWords(await IpCommand.RunAsync("-brief link show type bridge", cancellationToken)).Where(IsLeft))
        {
            await RemoveLinkAsync(name, cancellationToken);
        }
    }

    /// <summary>Kills what runs in the namespace and removes it and its cables, if it is there.</summary>
    public static async Task RemoveNamespaceAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var id in FirstWords(await IpCommand.RunAsync($"netns pids {name}", cancellationToken)))
            {
                await KillAsync(int.Parse(id, CultureInfo.InvariantCulture), cancellationToken);
            }

            await IpCommand.RunAsync($"netns delete {name}", cancellationToken);
        }
        catch (IpCommandException)
        {
            // Gone, or never made.
        }

        if (Directory.Exists(Path.Combine(Settings, name)))
        {
            Directory.Delete(Path.Combine(Settings, name), recursive: true);
        }
    }

    /// <summary>Removes the interface, if it is there.</summary>
    public static async Task RemoveLinkAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await IpCommand.RunAsync($"link delete {name}", cancellationToken);
        }
        catch (IpCommandException)
        {
            // Gone, or never made.
        }
    }

    private static bool IsLeft(string name) => NetworkNames.MakerOf(name) is { } maker && !Directory.Exists($"/proc/{maker}");

    private static string[] FirstWords(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', '\t')[0])];

    private static async Task KillAsync(int id, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // Ended meanwhile.
        }
    }
}
