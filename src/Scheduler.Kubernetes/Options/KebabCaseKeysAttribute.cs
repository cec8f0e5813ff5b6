namespace Scheduler.Kubernetes.Options;

/// <summary>The record's keys are its properties' names in kebab case; without it they are in camel case, as Kubernetes writes them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KebabCaseKeysAttribute : Attribute;
