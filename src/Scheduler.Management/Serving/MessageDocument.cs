namespace Scheduler.Management.Serving;

/// <summary>What was done, or what is wrong with the request.</summary>
internal sealed record MessageDocument(string Message);
