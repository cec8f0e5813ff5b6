using System.Diagnostics;
using System.Globalization;

namespace Scheduler.Testing.Envtest;

/// <summary>A program of the control plane. Dies with this process; what it prints goes to a file.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>
    /// Tells the program's process id, then kills it as soon as standard input ends: that is when this process has died,
    /// however that happened. (PR_SET_PDEATHSIG would not do: it fires when the *thread* that started the child ends.)
    /// </summary>
    private const string Watchdog =
        """
        exec 3<&0
        "$@" </dev/null >>"$0" 2>&1 3<&- &
        child=$!
        echo $child
        { read -r _ <&3; kill -KILL $child; } 2>/dev/null &
        dog=$!
        wait $child
        status=$?
        kill $dog 2>/dev/null
        exit $status
        """;

    private readonly Process _watchdog;
    private readonly int _programId;

    private ChildProcess(Process watchdog, int programId) => (_watchdog, _programId) = (watchdog, programId);

    public bool HasExited => _watchdog.HasExited;

    public static async Task<ChildProcess> StartAsync(
        string program, string logFile, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("sh", ["-c", Watchdog, logFile, program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var watchdog = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var id = await watchdog.StandardOutput.ReadLineAsync(cancellationToken);
        return new ChildProcess(watchdog, int.Parse(id ?? "", CultureInfo.InvariantCulture));
    }

    /// <summary>Freezes it; returns once each of its threads has stopped, which is later than the signal.</summary>
    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("STOP", cancellationToken);
        while (!Directory.GetDirectories($"/proc/{_programId}/task").All(IsStopped))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
        }
    }

    /// <summary>Ends <see cref="PauseAsync"/>.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => SignalAsync("CONT", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _watchdog.StandardInput.Close();
        await _watchdog.WaitForExitAsync();
        _watchdog.Dispose();
    }

    /// <summary>The state follows the program's name, which stands in parentheses (proc(5)).</summary>
    private static bool IsStopped(string thread)
    {
        var stat = File.ReadAllText(Path.Combine(thread, "stat"));
        return stat[stat.LastIndexOf(')')..].StartsWith(") T", StringComparison.Ordinal);
    }

    private async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _programId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }
}
