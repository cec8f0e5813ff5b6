using Scheduler.Kubernetes.Watching;

namespace Scheduler.Kubernetes.Tests.Watching;

/// <summary>Takes an informer's messages one by one, passing over bookmarks.</summary>
internal static class FeedReader
{
    public static FeedReader<T> Of<T>(Informer<T> informer, CancellationToken cancellationToken) => new(informer, cancellationToken);
}

internal sealed class FeedReader<T> : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly IAsyncEnumerator<WatchMessage<T>> _messages;

    public FeedReader(Informer<T> informer, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _messages = informer.FollowAsync(_stop.Token).GetAsyncEnumerator(_stop.Token);
    }

    public async Task<WatchMessage<T>> NextAsync()
    {
        while (await _messages.MoveNextAsync())
        {
            if (_messages.Current is not WatchMessage<T>.Bookmark)
            {
                return _messages.Current;
            }
        }

        throw new InvalidOperationException("the informer ended by itself");
    }

    /// <summary>The next message of a kind, passing over others.</summary>
    public async Task<TMessage> NextOfAsync<TMessage>()
        where TMessage : WatchMessage<T>
    {
        while (true)
        {
            if (await NextAsync() is TMessage message)
            {
                return message;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _messages.DisposeAsync();
        _stop.Dispose();
    }
}
