using System.ComponentModel;
using System.Diagnostics;

namespace Scheduler.Testing.Networking;

/// <summary>Runs iproute2's <c>ip</c>.</summary>
internal static class IpCommand
{
    /// <returns>What it prints.</returns>
    /// <exception cref="IpCommandException">It failed, or is not installed.</exception>
    public static async Task<string> RunAsync(string command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("ip", command) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var ip = Process.Start(start)!;
            var errors = ip.StandardError.ReadToEndAsync(cancellationToken);
            var printed = await ip.StandardOutput.ReadToEndAsync(cancellationToken);
            await ip.WaitForExitAsync(cancellationToken);
            return ip.ExitCode == 0 ? printed : throw new IpCommandException($"ip {command}: {(await errors).Trim()}");
        }
        catch (Win32Exception missing)
        {
            throw new IpCommandException($"ip: {missing.Message}", missing);
        }
    }
}
