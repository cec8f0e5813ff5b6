using System.Reflection;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>One key of a type.</summary>
/// <param name="Name">As it is written in files.</param>
/// <param name="Property">Where its value goes.</param>
/// <param name="Shape">How its value is written.</param>
internal sealed record Field(string Name, PropertyInfo Property, Shape Shape);
