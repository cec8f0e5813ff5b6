using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Cluster.Tests.Support;

/// <summary>A watch that shows what the test says.</summary>
internal sealed class ScriptedWatch<T> : IResourceWatch<T>
{
    private readonly Channel<WatchMessage<T>> _news = Channel.CreateUnbounded<WatchMessage<T>>();

    public void Say(WatchMessage<T> news) => Assert.True(_news.Writer.TryWrite(news));

    public async IAsyncEnumerable<WatchMessage<T>> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var news in _news.Reader.ReadAllAsync(cancellationToken))
        {
            yield return news;
        }
    }
}
