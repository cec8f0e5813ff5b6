using Scheduler.Testing.Processes;

namespace Scheduler.Chaos.World;

/// <summary>
/// One replica: a scheduler process that is started again whenever it has ended, as a StatefulSet does. Faults act on the process of
/// the moment.
/// </summary>
internal sealed class SchedulerNode : IAsyncDisposable
{
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http;
    private readonly Func<SchedulerProcess> _start;
    private readonly ChaosLog _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _supervising;
    private SchedulerProcess _process;
    private volatile bool _isExpectedToEnd;
    private TimeSpan _absence = RestartDelay;

    public SchedulerNode(string name, Uri management, SteppableClock clock, Func<SchedulerProcess> start, ChaosLog log)
    {
        (Name, Clock, _start, _log) = (name, clock, start, log);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = management, Timeout = AnswerTimeout };
        _process = start();
        _supervising = SuperviseAsync();
    }

    public string Name { get; }

    /// <summary>Its wall clock; a process that starts anew keeps it.</summary>
    public SteppableClock Clock { get; }

    /// <summary>Ends that no fault asked for.</summary>
    public int UnexpectedEnds { get; private set; }

    /// <summary>SIGKILL.</summary>
    /// <param name="absence">So long it stays away.</param>
    /// <param name="cancellationToken">Ends the wait for its end.</param>
    public async Task KillAsync(TimeSpan absence, CancellationToken cancellationToken)
    {
        var process = Expecting(absence);
        await process.KillAsync(cancellationToken);
    }

    /// <summary>SIGTERM; returns when it has ended, with its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        var process = Expecting(RestartDelay);
        return await process.StopAsync(cancellationToken);
    }

    /// <summary>Whether it says that it is ready, as a kubelet asks it.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync("ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>SIGSTOP.</summary>
    public Task FreezeAsync(CancellationToken cancellationToken) => Current.SignalAsync("STOP", cancellationToken);

    /// <summary>SIGCONT.</summary>
    public Task ThawAsync(CancellationToken cancellationToken) => Current.SignalAsync("CONT", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _supervising;
        await Current.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private SchedulerProcess Current => Volatile.Read(ref _process);

    private SchedulerProcess Expecting(TimeSpan absence)
    {
        _absence = absence;
        _isExpectedToEnd = true;
        return Current;
    }

    private async Task SuperviseAsync()
    {
        try
        {
            while (true)
            {
                var code = await Current.WaitForExitAsync(_stop.Token);
                if (!_isExpectedToEnd)
                {
                    UnexpectedEnds++;
                    _log.Write($"{Name} ended by itself with exit code {code}");
                }

                await Task.Delay(_absence, _stop.Token);
                var ended = Current;
                (_isExpectedToEnd, _absence) = (false, RestartDelay);
                Volatile.Write(ref _process, _start());
                await ended.DisposeAsync();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The run is over.
        }
    }
}
