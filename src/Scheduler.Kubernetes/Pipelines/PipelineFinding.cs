using Scheduler.Kubernetes.Configuration.Yaml;

namespace Scheduler.Kubernetes.Pipelines;

/// <summary>Something wrong with a pipeline file.</summary>
/// <param name="Place">Where.</param>
/// <param name="Message">What is wrong and what would be right, in one sentence without full stop.</param>
/// <param name="IsError">The job would fail, or what its author wrote would have no effect; else it is only worth a look.</param>
public sealed record PipelineFinding(TextPlace Place, string Message, bool IsError = true)
{
    public override string ToString() => $"{Place}: {(IsError ? "error" : "warning")}: {Message}";
}
