namespace Scheduler.Kubernetes.Pipelines;

/// <summary>Something wrong with a kubernetes plugin's configuration.</summary>
/// <param name="Path">Where, from the plugin's own keys on: <c>podSpec.containers[0].image</c>; empty = the plugin as a whole.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="IsError">See <see cref="PipelineFinding.IsError"/>.</param>
/// <param name="IsAboutKey">The key itself is wrong, and not what stands behind it.</param>
internal sealed record PathFinding(string Path, string Message, bool IsError = true, bool IsAboutKey = false);
