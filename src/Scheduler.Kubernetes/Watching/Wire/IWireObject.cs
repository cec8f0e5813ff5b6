namespace Scheduler.Kubernetes.Watching.Wire;

/// <summary>
/// An object as the API server sends it, reduced to the fields that are needed: what is not declared is skipped by the parser
/// without being copied.
/// </summary>
internal interface IWireObject
{
    MetaWire? Metadata { get; }
}
