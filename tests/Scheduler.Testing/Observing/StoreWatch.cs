using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Scheduler.Testing.Observing;

/// <summary>Follows etcd through its JSON gateway.</summary>
internal static class StoreWatch
{
    /// <summary>Every change of keys with the prefix since the store was made, in order, until cancelled.</summary>
    /// <exception cref="InvalidOperationException">etcd ended the watch, for it no longer has the first changes.</exception>
    public static async IAsyncEnumerable<StoreChange> ReadAsync(
        Uri store, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(store, "v3/watch"))
        {
            Content = JsonContent.Create(new { create_request = new { key = Base64(prefix), range_end = Base64(EndOf(prefix)), start_revision = "1" } }),
        };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            using var answer = JsonDocument.Parse(line);
            foreach (var change in Read(answer.RootElement, line))
            {
                yield return change;
            }
        }
    }

    private static IEnumerable<StoreChange> Read(JsonElement answer, string line)
    {
        if (!answer.TryGetProperty("result", out var result) || result.TryGetProperty("canceled", out _))
        {
            throw new InvalidOperationException($"etcd ended the watch: {line}");
        }

        return result.TryGetProperty("events", out var events) ? events.EnumerateArray().Select(Change) : [];
    }

    /// <summary>What is zero or empty is left out: a put has no type.</summary>
    private static StoreChange Change(JsonElement change)
    {
        var pair = change.GetProperty("kv");
        var isDelete = change.TryGetProperty("type", out var type) && type.GetString() == "DELETE";
        return new StoreChange(
            Encoding.UTF8.GetString(pair.GetProperty("key").GetBytesFromBase64()),
            isDelete ? null : pair.GetProperty("value").GetBytesFromBase64(),
            long.Parse(pair.GetProperty("mod_revision").GetString()!, CultureInfo.InvariantCulture));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>The first key after all keys with the prefix.</summary>
    private static string EndOf(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);
}
