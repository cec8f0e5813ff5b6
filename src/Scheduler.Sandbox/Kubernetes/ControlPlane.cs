using Scheduler.Sandbox.Kubernetes.Controllers;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Sandbox.Kubernetes.Observation;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Serving;
using Scheduler.Sandbox.Kubernetes.Storage;
using Scheduler.Sandbox.Kubernetes.Watching;

namespace Scheduler.Sandbox.Kubernetes;

/// <summary>Everything behind the HTTP surface, wired together.</summary>
internal sealed class ControlPlane : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly KubernetesServerOptions _options;
    private readonly ControllerManager _controllers;
    private Task _running = Task.CompletedTask;

    public ControlPlane(KubernetesServerOptions options)
    {
        _options = options;
        var time = options.Time;
        Store = new ObjectStore(ResourceCatalog.All, options.HistoryLength, Observer.OnCommit);
        Faults = new KubernetesFaults(Store);
        Pipeline = CreatePipeline(time);
        _controllers = new ControllerManager(Store, [.. CreateControllers(time)], time);
    }

    public JobObserver Observer { get; } = new();

    public KubernetesFaults Faults { get; }

    public RequestCounter Counter { get; } = new();

    public ObjectStore Store { get; }

    public ApiPipeline Pipeline { get; }

    public async Task StartAsync(CancellationToken ct)
    {
        await Seeding.SeedAsync(Store, _options, ct);
        _running = Task.Run(() => _controllers.RunAsync(_stopping.Token), ct);
    }

    /// <summary>Ends the watches and tells the controllers to end.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    /// <summary>Throws what a controller died of, if one did.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _running;
        }
        finally
        {
            Store.Dispose();
            Faults.Dispose();
            _stopping.Dispose();
        }
    }

    private IEnumerable<IController> CreateControllers(TimeProvider time)
    {
        if (_options.RunJobController)
        {
            yield return new JobController(Store, new PodFactory(Store, _options.Seed, time), new EventRecorder(Store, time), time);
        }

        if (_options.RunGarbageCollector)
        {
            yield return new GarbageCollector(Store, time);
        }

        if (_options.RemoveTerminatedPods)
        {
            yield return new PodReaper(Store, time);
        }
    }

    private ApiPipeline CreatePipeline(TimeProvider time)
    {
        var gate = new WriteGate(Store, _stopping.Token);
        return new ApiPipeline(
            new ObjectReader(Store, Faults, time),
            new ObjectCreator(Store, gate, Faults, time),
            new ObjectUpdater(gate, time),
            new ObjectRemover(Store, gate, time),
            new PodBinder(gate),
            new WatchServer(Store, Faults, _options.BookmarkInterval, time, _stopping.Token),
            Faults,
            Counter,
            time,
            _stopping.Token);
    }
}
