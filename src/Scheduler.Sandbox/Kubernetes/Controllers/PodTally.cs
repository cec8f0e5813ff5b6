namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>A Job's pods by fate.</summary>
internal readonly record struct PodTally(int Active, int Ready, int Succeeded, int Failed);
