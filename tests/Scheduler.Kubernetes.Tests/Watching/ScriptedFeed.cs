using System.Runtime.CompilerServices;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Kubernetes.Tests.Watching;

/// <summary>A feed whose lists are empty and whose watches go as written, one after another; the last one repeats.</summary>
internal sealed class ScriptedFeed(params IReadOnlyList<ScriptedFeed.Watch> script) : IResourceFeed<string>
{
    private int _watches;

    /// <summary>What a watch shows, and how it ends: null = the server ends it.</summary>
    internal sealed record Watch(int Changes, Exception? Error);

    /// <summary>The positions from which watches were begun.</summary>
    public List<Revision> Begun { get; } = [];

    public Task<Listing<string>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new Listing<string>([], new Revision(100 * (_watches + 1))));

    /// <summary>The store's revision; null = far beyond all positions.</summary>
    public Revision? Present { get; set; }

    /// <summary>A revision that the first watch shows before its changes.</summary>
    public Revision? GoesBackTo { get; set; }

    public Task<Revision> PresentAsync(CancellationToken cancellationToken) => Task.FromResult(Present ?? new Revision(long.MaxValue));

    public async IAsyncEnumerable<WatchMessage<string>> WatchAsync(
        Revision after, TimeSpan timeout, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        Begun.Add(after);
        var watch = script[Math.Min(_watches++, script.Count - 1)];
        if (GoesBackTo is { } back)
        {
            GoesBackTo = null;
            yield return new WatchMessage<string>.Bookmark(back);
        }

        for (var i = 1; i <= watch.Changes; i++)
        {
            yield return new WatchMessage<string>.Changed("item", new Revision(after.Value + i));
        }

        if (watch.Error is not null)
        {
            throw watch.Error;
        }
    }
}
