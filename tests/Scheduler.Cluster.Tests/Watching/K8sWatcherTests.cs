using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Cluster.Watching;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tests.Watching;

public sealed class K8sWatcherTests : VirtualTimeKit
{
    private readonly ChannelWatch _watch = new();

    [Fact]
    public async Task EveryListBecomesASnapshotOfWhatIsUnfinished()
    {
        Sys.ActorOf(K8sWatcher.Props(_watch, TestActor));
        _watch.Say(new JobNews.Listed([Seen(1, KubernetesJobState.Unfinished), Seen(2, KubernetesJobState.Finished)], new Revision(9)));
        var snapshot = await ExpectMsgAsync<Snapshot>();
        Assert.Equal([Jobs.Id(1)], snapshot.Unfinished.Select(job => job.Job));
        Assert.Equal(new Revision(9), snapshot.Revision);
    }

    [Fact]
    public async Task EveryChangeIsToldAsItComes()
    {
        Sys.ActorOf(K8sWatcher.Props(_watch, TestActor));
        var change = Seen(1, KubernetesJobState.Absent);
        _watch.Say(new JobNews.Changed(change));
        Assert.Equal(change, await ExpectMsgAsync<Observed>());
    }

    [Fact]
    public async Task TheSnapshotIsRepeatedSoThatALostMessageIsMadeGood()
    {
        Sys.ActorOf(K8sWatcher.Props(_watch, TestActor));
        _watch.Say(new JobNews.Listed([Seen(1, KubernetesJobState.Unfinished)], new Revision(5)));
        await ExpectMsgAsync<Snapshot>();
        _watch.Say(new JobNews.Changed(Seen(1, KubernetesJobState.Finished, revision: 7)));
        await ExpectMsgAsync<Observed>();
        Advance(TimeSpan.FromSeconds(10));
        var repeated = await ExpectMsgAsync<Snapshot>();
        Assert.Empty(repeated.Unfinished);
        Assert.Equal(new Revision(7), repeated.Revision);
    }

    private static Observed Seen(int job, KubernetesJobState state, long revision = 3) => new(Jobs.Id(job), state, new Revision(revision), null);

    private sealed class ChannelWatch : IJobWatch
    {
        private readonly Channel<JobNews> _news = Channel.CreateUnbounded<JobNews>();

        public void Say(JobNews news) => Assert.True(_news.Writer.TryWrite(news));

        public async IAsyncEnumerable<JobNews> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var news in _news.Reader.ReadAllAsync(cancellationToken))
            {
                yield return news;
            }
        }
    }
}
