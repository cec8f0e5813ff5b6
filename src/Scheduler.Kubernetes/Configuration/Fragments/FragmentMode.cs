namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>How a fragment takes keys it does not know.</summary>
public enum FragmentMode
{
    /// <summary>Configuration files: an unknown key is an error.</summary>
    Strict,

    /// <summary>A job's plugin: an unknown key is skipped with a warning, as the original skips it silently.</summary>
    Lenient,
}
