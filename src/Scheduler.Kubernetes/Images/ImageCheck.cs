namespace Scheduler.Kubernetes.Images;

/// <summary>One image to pull before the job starts, and how.</summary>
internal sealed record ImageCheck(string Image, string? Policy);
