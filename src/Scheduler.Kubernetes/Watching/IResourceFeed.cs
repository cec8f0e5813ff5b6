using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Watching;

/// <summary>The two ways to read objects of a kind: all at once, and each change from a revision on.</summary>
/// <typeparam name="T">What is remembered of an object.</typeparam>
public interface IResourceFeed<T>
{
    /// <summary>All of them, read consistently (never from a cache of the server that may lag behind).</summary>
    /// <exception cref="HttpRequestException">The API server could not be asked, or refused.</exception>
    Task<Listing<T>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The store's revision now, read consistently.</summary>
    /// <exception cref="HttpRequestException">The API server could not be asked, or refused.</exception>
    Task<Revision> PresentAsync(CancellationToken cancellationToken);

    /// <summary>The changes after a revision; ends when the server ends the watch.</summary>
    /// <param name="after">Where an earlier list or watch has come to.</param>
    /// <param name="timeout">When the server is to end the watch by itself.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="Connection.ApiException">The server refused, or ended the watch with an error: 410 for a revision it has forgotten.</exception>
    /// <exception cref="HttpRequestException">The connection broke, or nothing came for too long.</exception>
    /// <exception cref="System.Text.Json.JsonException">A change could not be read: it is missed.</exception>
    IAsyncEnumerable<WatchMessage<T>> WatchAsync(Revision after, TimeSpan timeout, CancellationToken cancellationToken);
}
