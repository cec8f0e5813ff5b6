using System.Collections.Immutable;
using System.Text;
using Scheduler.Sandbox.Kubernetes.Storage;
using Scheduler.Sandbox.Kubernetes.Tables;

namespace Scheduler.Sandbox.Kubernetes.Resources;

/// <summary>One row of the resource table: a kind, what it is called, and the rules its objects follow. Compared by identity.</summary>
internal sealed class ResourceType
{
    /// <summary>Empty for the core group.</summary>
    public required string Group { get; init; }

    /// <summary>All kinds here are stable.</summary>
    public const string Version = "v1";

    public required string Kind { get; init; }

    /// <summary>The name in URLs.</summary>
    public required string Plural { get; init; }

    public string Singular => Kind.ToLowerInvariant();

    public ImmutableArray<string> ShortNames { get; init; } = [];

    public bool IsNamespaced { get; init; } = true;

    public bool HasStatus { get; init; }

    /// <summary>Whether <c>metadata.generation</c> counts the versions of the spec.</summary>
    public bool CountsGenerations { get; init; }

    /// <summary>Whether a PUT may come without a resourceVersion, and so overwrite whatever is there.</summary>
    public bool AllowsUnconditionalUpdate { get; init; } = true;

    /// <summary>Whether a PUT to a name that does not exist creates it.</summary>
    public bool AllowsCreateOnUpdate { get; init; }

    public ResourceRules Rules { get; init; } = new();

    /// <summary>Fields that selectors may name, besides metadata.name and metadata.namespace.</summary>
    public ImmutableDictionary<string, Func<KubeObject, string>> SelectableFields { get; init; } =
        ImmutableDictionary<string, Func<KubeObject, string>>.Empty;

    public ImmutableArray<TableColumn> Columns { get; init; } = TableColumns.NameAndAge;

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>As in messages: <c>jobs.batch</c>.</summary>
    public string QualifiedPlural => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>As in messages: <c>Job.batch</c>.</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    /// <summary>The length of the kind and apiVersion that begin each object's JSON, which lists leave out of their items.</summary>
    public int PreambleLength => Encoding.UTF8.GetByteCount($"{{\"kind\":\"{Kind}\",\"apiVersion\":\"{ApiVersion}\",");

    public override string ToString() => QualifiedPlural;
}
