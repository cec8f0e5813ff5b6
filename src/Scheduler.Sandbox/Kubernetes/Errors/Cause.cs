namespace Scheduler.Sandbox.Kubernetes.Errors;

/// <summary>One entry of a Status' <c>details.causes</c>.</summary>
internal sealed record Cause(string Reason, string Message, string Field);
