using System.Net;
using System.Text.Json.Nodes;

namespace Scheduler.Sandbox.Tests.Kubernetes;

/// <summary>A watch, read line by line.</summary>
internal sealed class EventStream : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventStream(HttpResponseMessage response, StreamReader reader)
    {
        _response = response;
        _reader = reader;
    }

    public HttpStatusCode Code => _response.StatusCode;

    public static async Task<EventStream> OpenAsync(HttpClient http, string path)
    {
        var response = await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        return new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<WatchLine?> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var line = await _reader.ReadLineAsync(patience.Token);
        return line is null ? null : WatchLine.Parse(line);
    }

    /// <summary>The next events as one readable text.</summary>
    public async Task<string> NextAsync(int count)
    {
        var events = new List<string>();
        for (var i = 0; i < count; i++)
        {
            events.Add((await NextAsync())!.ToString());
        }

        return string.Join(", ", events);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }
}

internal sealed record WatchLine(string Type, JsonObject Object)
{
    public string Name => (string?)Object["metadata"]?["name"] ?? "";

    public string Revision => (string?)Object["metadata"]?["resourceVersion"] ?? "";

    public static WatchLine Parse(string line)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        return new WatchLine((string)json["type"]!, json["object"]!.AsObject());
    }

    public override string ToString() => $"{Type} {Name}";
}
