using k8s;

namespace Scheduler.Testing.Envtest;

/// <summary>A real kube-apiserver; nothing when there is none on this machine, for then its tests are skipped.</summary>
public sealed class RealApiServer : ApiServer
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private ControlPlane? _plane;

    /// <summary>What can be paused and restarted.</summary>
    public ControlPlane Plane => _plane ?? throw new InvalidOperationException(EnvtestAssets.HowToGet);

    public override KubernetesClientConfiguration Configuration() => Plane.ClientConfiguration();

    public override async Task InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        _plane = ControlPlane.IsAvailable ? await ControlPlane.StartAsync(withJobController: false, timeout.Token) : null;
    }

    protected override async Task StopAsync()
    {
        if (_plane is not null)
        {
            await _plane.DisposeAsync();
        }
    }
}
