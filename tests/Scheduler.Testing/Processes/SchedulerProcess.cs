using System.Diagnostics;
using System.Text;

namespace Scheduler.Testing.Processes;

/// <summary>The scheduler as a process of its own, to be killed, frozen and started again. What it prints goes to a file.</summary>
public sealed class SchedulerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TextWriter _log;

    private SchedulerProcess(Process process, TextWriter log) => (_process, _log) = (process, log);

    public bool HasExited => _process.HasExited;

    public int ProcessId => _process.Id;

    /// <summary>Time its threads have spent on the processors so far. Throws once it has exited.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts <c>scheduler</c> with these arguments: the <see cref="PublishedProgram"/> if there is one, else the one built with the tests.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Added to this process's environment.</param>
    /// <param name="logFile">Appended to.</param>
    /// <param name="launcher">
    /// Words before the program's name, as those of <see cref="Networking.NodeNetwork.Launcher"/>; what they name must become the program.
    /// </param>
    public static SchedulerProcess Start(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string logFile,
        IReadOnlyList<string>? launcher = null)
    {
        string[] program = PublishedProgram.Location is { } published ? [published] : ["dotnet", Path.Combine(AppContext.BaseDirectory, "scheduler.dll")];
        string[] command = [.. launcher ?? [], .. program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };

        // Several of them run on one machine.
        start.Environment["MANAGEMENT_PORT"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var log = TextWriter.Synchronized(new StreamWriter(logFile, append: true, new UTF8Encoding(false)) { AutoFlush = true });
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => log.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new SchedulerProcess(process, log);
    }

    /// <summary>SIGKILL: no time to say goodbye.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGTERM, then waits for the end. Returns the exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("TERM", cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Waits for the end. Returns the exit code.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal by name, such as STOP or CONT.</summary>
    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        await _log.DisposeAsync();
    }
}
