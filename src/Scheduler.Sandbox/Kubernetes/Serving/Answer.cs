using System.Text;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;
using Scheduler.Sandbox.Kubernetes.Tables;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>A complete answer. The chunks may be shared with other answers; they are not copied before they are sent.</summary>
internal sealed record Answer(int Code, IReadOnlyList<ReadOnlyMemory<byte>> Chunks)
{
    public string ContentType { get; init; } = "application/json";

    /// <summary>In seconds.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Text for the Warning header, which kubectl shows to its user.</summary>
    public string? Warning { get; init; }

    public long Length => Chunks.Sum(chunk => (long)chunk.Length);

    public static Answer Of(JsonNode json, int code = 200) => new(code, [JsonBytes.Of(json)]);

    public static Answer Of(ApiError error) => Of(StatusObject.Of(error), error.Code) with { RetryAfter = error.RetryAfterSeconds };

    /// <summary>An object, as JSON or as the Table the client asked for.</summary>
    public static Answer Of(KubeObject item, ApiRequest request, DateTimeOffset now, int code = 200) =>
        TableFormat.IsAskedFor(request.Accept)
            ? new Answer(
                code, [TableFormat.Write(item.Type.Columns, [item], TableFormat.MetaOf(item), request.Parameter("includeObject"), true, now)])
            : new Answer(code, [item.Json]);

    public static Answer Text(string text) =>
        new(200, [Encoding.UTF8.GetBytes(text)]) { ContentType = "text/plain; charset=utf-8" };
}
