namespace Scheduler.Kubernetes.Configuration;

/// <summary>A key inside of another.</summary>
/// <param name="Name">As it is written in files.</param>
/// <param name="Type">In words.</param>
/// <param name="Meaning">One line without full stop.</param>
public sealed record NestedKey(string Name, string Type, string Meaning);
