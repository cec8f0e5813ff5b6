using System.Diagnostics;

namespace Scheduler.Testing.Envtest;

/// <summary>A program of the control plane. Dies with this process; what it prints goes to a file.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(string program, string logFile, params IEnumerable<string> arguments)
    {
        // A watchdog kills the program when this process is gone. The kernel's parent-death signal would not do: it follows
        // the thread that started the program, and pool threads come and go.
        var start = new ProcessStartInfo("sh");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(
            """
            parent=$0 log=$1 me=$$
            shift
            (while kill -0 "$parent" && kill -0 "$me"; do sleep 1; done; kill -9 "$me") >/dev/null 2>&1 &
            exec "$@" >>"$log" 2>&1
            """);
        start.ArgumentList.Add($"{Environment.ProcessId}");
        start.ArgumentList.Add(logFile);
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"));
    }

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
    }
}
