using System.Collections.Concurrent;

namespace Scheduler.Kubernetes.Watching;

/// <summary>
/// Tells of each stranger once, although lists show it again and again. Remembers so many and no more: whoever makes them in masses
/// has some told twice, and takes no memory. Safe for concurrent use.
/// </summary>
/// <param name="tell">Logs and counts.</param>
public sealed class Strangers(Action<Stranger> tell)
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<(string Kind, string Id), StrangerReason> _told = new();

    public void Note(Stranger stranger)
    {
        ArgumentNullException.ThrowIfNull(stranger);
        if (_told.Count >= Most)
        {
            _told.Clear();
        }

        if (_told.TryAdd((stranger.Kind, stranger.Uid ?? stranger.Name), stranger.Reason))
        {
            tell(stranger);
        }
    }
}
