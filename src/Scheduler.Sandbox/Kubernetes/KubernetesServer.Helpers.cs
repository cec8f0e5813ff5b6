using System.Text;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Serving;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes;

/// <summary>What tests and demos would otherwise need a client for.</summary>
public sealed partial class KubernetesServer
{
    /// <summary>Writes a kubeconfig for kubectl and client libraries; it contains the bearer token.</summary>
    /// <param name="path">The file; replaced when it exists, readable by its owner only.</param>
    /// <param name="ct">Ends the writing.</param>
    public async Task WriteKubeconfigAsync(string path, CancellationToken ct)
    {
        var cluster = new JsonObject { ["server"] = Endpoint.GetLeftPart(UriPartial.Authority) };
        if (_certificate is not null)
        {
            cluster["certificate-authority-data"] = _certificate.AuthorityData;
        }

        // KubernetesClient insists on some credential.
        var user = new JsonObject { ["token"] = _bearerToken ?? "anybody" };

        // JSON is YAML.
        var config = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["clusters"] = new JsonArray(new JsonObject { ["name"] = "sandbox", ["cluster"] = cluster }),
            ["users"] = new JsonArray(new JsonObject { ["name"] = "sandbox", ["user"] = user }),
            ["contexts"] = new JsonArray(new JsonObject
            {
                ["name"] = "sandbox",
                ["context"] = new JsonObject { ["cluster"] = "sandbox", ["user"] = "sandbox" },
            }),
            ["current-context"] = "sandbox",
        };
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new StreamWriter(path, new UTF8Encoding(false), options);
        await file.WriteAsync(config.ToJsonString().AsMemory(), ct);
    }

    /// <summary>Creates a Secret, or replaces its data.</summary>
    public Task CreateSecretAsync(string ns, string name, IReadOnlyDictionary<string, string> data, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(data);
        var values = new JsonObject();
        foreach (var (key, value) in data)
        {
            values[key] = value;
        }

        return PutAsync(ResourceCatalog.Secrets, ns, name, new JsonObject { ["stringData"] = values }, ct);
    }

    /// <summary>Creates a ConfigMap, or replaces its data.</summary>
    public Task CreateConfigMapAsync(string ns, string name, IReadOnlyDictionary<string, string> data, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(data);
        var values = new JsonObject();
        foreach (var (key, value) in data)
        {
            values[key] = value;
        }

        return PutAsync(ResourceCatalog.ConfigMaps, ns, name, new JsonObject { ["data"] = values }, ct);
    }

    /// <summary>Creates a namespace unless it exists.</summary>
    public Task CreateNamespaceAsync(string name, CancellationToken ct) => PutAsync(ResourceCatalog.Namespaces, "", name, [], ct);

    /// <summary>
    /// Writes an object as given, past every check of changes: for states that clients could not bring about. Counted by
    /// <see cref="Observer"/> like any other write.
    /// </summary>
    /// <param name="manifest">The JSON of the whole object, with kind, apiVersion and metadata.</param>
    /// <param name="ct">Ends the wait for earlier writes.</param>
    /// <exception cref="ArgumentException">The kind is not one this server stores.</exception>
    public Task PutObjectAsync(JsonObject manifest, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var (kind, apiVersion) = ((string?)manifest["kind"], (string?)manifest["apiVersion"]);
        var type = ResourceCatalog.All.FirstOrDefault(type => type.Kind == kind && type.ApiVersion == apiVersion)
            ?? throw new ArgumentException($"kind \"{kind}\" of apiVersion \"{apiVersion}\" is not stored here", nameof(manifest));
        var draft = ManifestReader.Read(type, manifest.DeepClone().AsObject());
        var status = draft.Body[KubeObject.Status]?.DeepClone();
        var item = Admission.ForCreate(new Draft(type, draft.Meta with { Revision = 0 }, draft.Body), draft.Meta.Namespace, _now());
        return StoreAsync(status is null ? item : item.With(KubeObject.Status, status), ct);
    }

    private Task<KubeObject?> PutAsync(ResourceType type, string ns, string name, JsonObject body, CancellationToken ct) =>
        StoreAsync(Admission.ForCreate(new Draft(type, new ObjectMeta { Name = name }, body), ns, _now()), ct);

    private Task<KubeObject?> StoreAsync(KubeObject item, CancellationToken ct) => _plane.Store.WriteAsync(
        item.Key,
        stored => Decision.Put(stored is null
            ? item
            : item.With(item.Meta with { Uid = stored.Meta.Uid, Created = stored.Meta.Created, Generation = stored.Meta.Generation })),
        ct);
}
