using System.Collections.Immutable;

namespace Scheduler.Sandbox.Kubernetes.Storage;

/// <summary>
/// An object's metadata, typed because every rule of the server reads it. <c>managedFields</c> are accepted and dropped:
/// the sandbox does not do server-side apply.
/// </summary>
internal sealed record ObjectMeta
{
    public static readonly ImmutableSortedDictionary<string, string> NoEntries =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public string Name { get; init; } = "";

    public string GenerateName { get; init; } = "";

    /// <summary>Empty for objects outside namespaces.</summary>
    public string Namespace { get; init; } = "";

    public string Uid { get; init; } = "";

    /// <summary>The resourceVersion; 0 when the client sent none.</summary>
    public long Revision { get; init; }

    /// <summary>0 for kinds that do not count their spec's generations.</summary>
    public long Generation { get; init; }

    public DateTimeOffset? Created { get; init; }

    /// <summary>When the object is due to be gone: the moment of the request plus its grace.</summary>
    public DateTimeOffset? Deleted { get; init; }

    public long? GraceSeconds { get; init; }

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = NoEntries;

    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = NoEntries;

    public ImmutableArray<OwnerReference> Owners { get; init; } = [];

    public ImmutableArray<string> Finalizers { get; init; } = [];

    /// <summary>The owner that manages this object, if one does.</summary>
    public OwnerReference? ControllingOwner => Owners.FirstOrDefault(owner => owner.Controller == true);
}
