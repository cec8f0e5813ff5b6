namespace Scheduler.Kubernetes.Watching;

/// <summary>Why an object that our selector finds is not believed.</summary>
public enum StrangerReason
{
    /// <summary>Its label <c>buildkite.com/job-uuid</c> is no UUID.</summary>
    Label,

    /// <summary>A Job whose name does not end in the UUID of its label.</summary>
    Name,

    /// <summary>A pod that is not controlled by the Kubernetes Job of its label's job.</summary>
    Owner,
}

/// <summary>An object that has our labels and is not believed.</summary>
/// <param name="Kind">In plural and lower case: <c>jobs</c> or <c>pods</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its UID; null when the API server sent none.</param>
/// <param name="Label">Its label <c>buildkite.com/job-uuid</c>.</param>
/// <param name="Reason">Why it is not believed.</param>
public sealed record Stranger(string Kind, string Name, string? Uid, string Label, StrangerReason Reason)
{
    /// <summary>For an operator: one sentence.</summary>
    public string Message => $"{Kind}/{Name} is ignored: " + Reason switch
    {
        StrangerReason.Label => $"its label buildkite.com/job-uuid is '{Label}', which is no UUID",
        StrangerReason.Name => $"its name does not end in '{Label}', which its label buildkite.com/job-uuid says",
        _ => $"it is not controlled by the Kubernetes Job of '{Label}', which its label buildkite.com/job-uuid says",
    };
}
