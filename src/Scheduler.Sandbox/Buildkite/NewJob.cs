using System.Collections.Immutable;
using Scheduler.Core.Identity;

namespace Scheduler.Sandbox.Buildkite;

/// <summary>A job to be enqueued, or the pattern of many.</summary>
public sealed record NewJob
{
    /// <summary>Null lets the server choose.</summary>
    public JobId? Id { get; init; }

    /// <summary>A queue key; made if it does not exist. Empty or <c>_default</c> means the default queue.</summary>
    public string Queue { get; init; } = "";

    /// <summary>Higher goes first.</summary>
    public int Priority { get; init; }

    public string Command { get; init; } = "true";

    /// <summary>Joined to the variables that Buildkite sets itself, and stronger than they.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Text of <c>BUILDKITE_PLUGINS</c>: a JSON array of one-key objects.</summary>
    public string? PluginsJson { get; init; }

    /// <summary>
    /// Agent query rules as <c>key=value</c>. <c>queue=…</c> is put in front for a queue that is not the default one, as Buildkite does.
    /// </summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    public string PipelineSlug { get; init; } = "sandbox";

    public string Branch { get; init; } = "main";

    public string Repository { get; init; } = "https://example.org/acme/sandbox.git";

    /// <summary>Null for a step without key.</summary>
    public string? StepKey { get; init; }
}
