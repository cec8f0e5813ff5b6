namespace Scheduler.Core.Limiter;

public enum LimiterPhase
{
    /// <summary>Another limiter holds the lease, or Kubernetes cannot be asked.</summary>
    Acquiring,

    /// <summary>The lease is held; the list of unfinished Jobs is being read.</summary>
    Recovering,

    Granting,

    /// <summary>Handing over: no new grants, waiting for the open ones to be used or to end.</summary>
    Draining,
}
