using System.Collections.Immutable;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>Runs the controllers, all in one asynchronous flow that follows the store's log.</summary>
internal sealed class ControllerManager(ObjectStore store, ImmutableArray<IController> controllers, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    // Taken at construction, before anything can be missed.
    private LogEntry _entry = store.Everything.Newest;

    /// <summary>Runs until cancelled; then returns.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var alarm = new Alarm(time);
        try
        {
            while (!ct.IsCancellationRequested)
            {
                CatchUp();
                var worked = false;
                foreach (var controller in controllers)
                {
                    worked |= await controller.WorkAsync(ct);
                }

                if (!worked)
                {
                    await Task.WhenAny(_entry.Followed, alarm.At(NextDue(), ct));
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private void CatchUp()
    {
        while (_entry.Next is { } next)
        {
            _entry = next;
            foreach (var controller in controllers)
            {
                controller.Observe(next.Change!);
            }
        }
    }

    private DateTimeOffset NextDue() => controllers.Select(controller => controller.NextDue).Min() ?? time.GetUtcNow() + LongestWait;
}
