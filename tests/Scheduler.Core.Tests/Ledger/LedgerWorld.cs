using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Tests.Ledger;

/// <summary>
/// A limiter's books, a Kubernetes that holds Jobs, and launchers that use grants, joined by a network that delivers in any
/// order, twice or never. Driven by a list of numbers, so that a failing run can be shrunk.
/// </summary>
internal sealed class LedgerWorld
{
    public const int Limit = 1;
    private const int JobCount = 2;
    private static readonly Epoch FirstEpoch = new(1);

    private readonly Books _books;
    private readonly List<object> _network = [];
    private readonly List<Launch> _launches = [];
    private readonly Dictionary<JobId, KubernetesJob> _kubernetes = [];
    private Moment _now = new(TimeSpan.FromMinutes(1));
    private long _revision = 1;

    public LedgerWorld(Books books)
    {
        _books = books;
        Spread(books.Authorize(new GrantAuthority(FirstEpoch, _now + TimeSpan.FromDays(1)), _now));
    }

    private sealed record KubernetesJob(GrantId Grant, Revision Revision, bool Finished);

    private sealed record LimiterAnswer(LedgerEffect Effect, Moment RequestSentAt);

    private sealed record Request(object Message, Moment SentAt);

    private sealed record Confirm(JobId Job);

    private sealed record List;

    private sealed record Listed(Snapshot Jobs, Moment Begun);

    /// <summary>Somebody who holds a grant: asks for it anew by a claim, creates at most once.</summary>
    private sealed class Launch(JobId job, GrantId grant)
    {
        public JobId Job => job;

        public GrantId Grant => grant;

        public Moment? CreateUntil { get; set; }

        public bool Over { get; set; }
    }

    public void Run(IEnumerable<int> choices)
    {
        foreach (var choice in choices)
        {
            Act(choice & 0xF, (choice >> 4) & 0xFFFF);
            AssertNeverOverTheLimit();
        }
    }

    /// <summary>Everything still under way arrives, every deadline passes, every Job ends and the watch is in step again.</summary>
    public void Settle()
    {
        for (var round = 0; round < 12; round++)
        {
            _network.RemoveAll(message => message is Request { Message: Take });
            while (_network.Count > 0)
            {
                Deliver(0);
                AssertNeverOverTheLimit();
            }

            _now += TimeSpan.FromSeconds(20);
            Spread(_books.Tick(_now));
        }

        foreach (var job in _kubernetes.Keys.ToArray())
        {
            _kubernetes[job] = _kubernetes[job] with { Finished = true, Revision = Next() };
        }

        Spread(_books.Apply(CurrentSnapshot(), _now));
        _now += TimeSpan.FromSeconds(1);
        Spread(_books.Tick(_now));
        while (_network.Count > 0)
        {
            Deliver(0);
        }

        Assert.Empty(_books.Ledger.Holders);
        Assert.Equal(Limit, _books.Ledger.Free);
    }

    private void Act(int action, int argument)
    {
        var before = _network.Count;
        Choose(action, argument);

        // Half of the time what was sent arrives, and is answered, at once: otherwise few runs would get far.
        for (var answer = 0; answer < 2 && (argument & 0x8000) != 0 && action is not 7 and not 8 && _network.Count > before; answer++)
        {
            Deliver(_network.Count - 1);
        }
    }

    private void Choose(int action, int argument)
    {
        switch (action)
        {
            case 0 or 1:
                Send(new Take(Job(argument), argument % 3, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(3)));
                break;
            case 3 or 4 or 5:
                Deliver(0);
                break;
            case 6:
                Deliver(argument);
                break;
            case 7:
                if (_network.Count > 0)
                {
                    Lose(argument % _network.Count);
                }

                break;
            case 8:
                if (_network.Count > 0 && _network[argument % _network.Count] is not Request { Message: Confirm or Confirmed or List or Listed })
                {
                    _network.Add(_network[argument % _network.Count]);
                }

                break;
            case 2 or 9 or 10:
                UseGrant(argument);
                break;
            case 11:
                _now += TimeSpan.FromMilliseconds(argument % 8000);
                Spread(_books.Tick(_now));
                break;
            case 12 or 13:
                End(Job(argument), deleted: action == 13);
                break;
            case 14:
                Send(CurrentSnapshot());
                break;
            default:
                GiveUp(argument);
                break;
        }
    }

    /// <summary>Whoever reads Kubernetes hears that there is no answer; of other messages nobody hears.</summary>
    private void Lose(int index)
    {
        if (_network[index] is Request { Message: Confirm or Confirmed } read)
        {
            _books.Lose(((read.Message as Confirm)?.Job ?? (read.Message as Confirmed)?.Job)!.Value, _now);
        }

        _network.RemoveAt(index);
    }

    private void UseGrant(int argument)
    {
        if (_launches.Count == 0)
        {
            return;
        }

        var launch = _launches[^(1 + (argument % Math.Min(3, _launches.Count)))];
        if (launch.CreateUntil is not { } deadline)
        {
            Send(new Claim(launch.Job, launch.Grant));
        }
        else if (!launch.Over && _now < deadline)
        {
            launch.Over = true;
            if (_kubernetes.TryAdd(launch.Job, new KubernetesJob(launch.Grant, Next(), Finished: false)))
            {
                Report(launch.Job, KubernetesJobState.Unfinished);
            }
            else
            {
                Send(new Return(launch.Job, launch.Grant) { IsClaimed = launch.CreateUntil is not null });
            }
        }
    }

    private void GiveUp(int argument)
    {
        if (_launches.Count > 0 && _launches[^1] is { Over: false } launch)
        {
            launch.Over = true;
            Send(new Return(launch.Job, launch.Grant) { IsClaimed = launch.CreateUntil is not null });
        }
    }

    private void End(JobId id, bool deleted)
    {
        if (!_kubernetes.TryGetValue(id, out var job))
        {
            return;
        }

        var ended = job with { Finished = true, Revision = Next() };
        _kubernetes[id] = ended;
        Report(id, deleted ? KubernetesJobState.Absent : KubernetesJobState.Finished);
        if (deleted)
        {
            _kubernetes.Remove(id);
        }
    }

    private void Deliver(int argument)
    {
        if (_network.Count == 0)
        {
            return;
        }

        var index = argument % _network.Count;
        var message = _network[index];
        _network.RemoveAt(index);
        switch (message)
        {
            case Request { Message: Confirm confirm }:
                var job = _kubernetes.GetValueOrDefault(confirm.Job);
                var state = job is null ? KubernetesJobState.Absent
                    : job.Finished ? KubernetesJobState.Finished
                    : KubernetesJobState.Unfinished;
                Send(new Confirmed(confirm.Job, state, job?.Revision ?? Revision.None, job?.Grant));
                break;
            case Request { Message: List } list:
                Send(new Listed(CurrentSnapshot(), list.SentAt));
                break;
            case Request request:
                Spread(ToLimiter(request.Message), request.SentAt);
                break;
            case LimiterAnswer { Effect: LedgerEffect.Grant grant } answer:
                Receive(grant, answer.RequestSentAt);
                break;
        }
    }

    private ImmutableList<LedgerEffect> ToLimiter(object message) => message switch
    {
        Take take => _books.Take(take, _now),
        Claim claim => _books.Claim(claim, _now),
        Return returned => _books.Return(returned, _now),
        Observed observed => _books.Observe(observed, _now),
        Snapshot snapshot => _books.Apply(snapshot, _now),
        Confirmed confirmed => _books.Confirm(confirmed, _now),
        Listed listed => _books.Replace(listed.Jobs, listed.Begun, _now),
        _ => throw new InvalidOperationException($"no such message: {message}"),
    };

    private void Receive(LedgerEffect.Grant grant, Moment requestSentAt)
    {
        var launch = _launches.Find(l => l.Grant == grant.Id);
        if (launch is null)
        {
            _launches.Add(new Launch(grant.Job, grant.Id));
        }
        else if (_claims.Remove((grant.Id, requestSentAt)))
        {
            launch.CreateUntil ??= requestSentAt + grant.Remaining;
        }
    }

    private readonly HashSet<(GrantId, Moment)> _claims = [];

    private void Send(object message)
    {
        if (message is Claim claim)
        {
            _claims.Add((claim.Grant, _now));
        }

        _network.Add(new Request(message, _now));
    }

    private void Report(JobId id, KubernetesJobState state) =>
        Send(new Observed(id, state, _kubernetes[id].Revision, _kubernetes[id].Grant));

    private Snapshot CurrentSnapshot() => new(
        [.. _kubernetes.Where(j => !j.Value.Finished).Select(j => new UnfinishedJob(j.Key, j.Value.Revision, j.Value.Grant))],
        new Revision(_revision));

    /// <summary>A request is answered with the time it was sent at, which is what its sender counts from.</summary>
    private void Spread(ImmutableList<LedgerEffect> effects, Moment? requestSentAt = null)
    {
        foreach (var effect in effects)
        {
            _network.Add(effect switch
            {
                LedgerEffect.AskForConfirmation ask => new Request(new Confirm(ask.Job), _now),
                LedgerEffect.AskForList => new Request(new List(), _now),
                _ => new LimiterAnswer(effect, requestSentAt ?? _now),
            });
        }
    }

    private Revision Next() => new(++_revision);

    private void AssertNeverOverTheLimit() => Assert.True(_kubernetes.Values.Count(j => !j.Finished) <= Limit, "over the limit");

    private static JobId Job(int argument) => new(new Guid(argument % JobCount, 0, 0, new byte[8]));
}
