using System.Collections.Immutable;
using Scheduler.Core.Facts;
using Scheduler.Core.Jobs;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;
using Scheduler.Core.Tests.Verdicts;
using Scheduler.Core.Verdicts;

namespace Scheduler.Core.Tests.Lifecycle;

/// <summary>
/// A small Buildkite, Kubernetes and limiter around one <see cref="JobLifecycle"/>: what happens is chosen by numbers, sightings
/// may be lost, calls may fail before or after their effect, and the actor may lose its memory at any time.
/// </summary>
internal sealed partial class LifecycleWorld
{
    private static readonly ImmutableArray<string> NoRules = [];
    private static readonly LifecycleSettings Settings = new();

    private readonly List<Action> _underWay = [];
    private readonly Dictionary<long, string> _grants = [];
    private JobLifecycle _state = new(Given.Job);
    private DateTimeOffset _now = Given.Noon;
    private JobState _buildkite = JobState.Reserved;
    private JobFact? _job;
    private PodFact? _pod;
    private long _revision = 10;
    private int _uids;
    private bool _asked;
    private bool _agentRan;
    private bool _stopped;
    private int _successfulFinishes;
    private bool _told;

    /// <summary>Plays one choice.</summary>
    public void Play(int choice)
    {
        var luck = choice / 32;
        switch (choice % 32)
        {
            case 0 or 1:
                StartRun();
                break;
            case 2 or 3 or 4 when _underWay.Count > 0:
                var ended = _underWay[luck % _underWay.Count];
                _underWay.Remove(ended);
                _luck = luck / 8;
                ended();
                break;
            case 5 or 6 or 7:
                Show();
                break;
            case 8:
                // Somebody's pod with the job's labels, the youngest of them all, that claims to have failed.
                Happens(new LifecycleEvent.Observed(new Seen(Given.Job, _job, Forged(luck % 2 == 0 ? "elsewhere" : null))));
                break;
            case 9 or 10:
                Answer(luck % 4 == 0);
                break;
            case 11 or 12:
                Pass(TimeSpan.FromSeconds(luck % 40));
                break;
            case 13:
                Pass(TimeSpan.FromMinutes(luck % 20));
                break;
            case 14:
                Forget();
                break;
            default:
                Move(choice % 32, luck);
                break;
        }
    }

    private int _luck;

    private void Happens(LifecycleEvent happened)
    {
        if (_stopped)
        {
            // The shard starts a new actor for what arrives after the old one has gone.
            if (happened is LifecycleEvent.Due or LifecycleEvent.LaunchEnded or LifecycleEvent.FinishEnded or LifecycleEvent.RemoveEnded)
            {
                return;
            }

            Forget();
        }

        (_state, var commands) = _state.On(happened, _now, Settings);
        foreach (var command in commands)
        {
            Carry(command);
        }
    }

    private void Carry(LifecycleCommand command)
    {
        switch (command)
        {
            case LifecycleCommand.Launch launch:
                var launching = _memory;
                _underWay.Add(() => Launch(launch.Run, launching));
                break;
            case LifecycleCommand.ReturnToken token:
                Assert.True(_grants[token.Grant.Number] == "held", $"grant {token.Grant} is returned although it is {_grants[token.Grant.Number]}");
                _grants[token.Grant.Number] = "returned";
                break;
            case LifecycleCommand.AskState:
                _asked = true;
                break;
            case LifecycleCommand.Finish finish:
                Assert.False(_told, "a job is failed again although that is known to have succeeded");
                var asking = _memory;
                _underWay.Add(() => Finish(finish, asking));
                break;
            case LifecycleCommand.Remove remove:
                Assert.True(
                    remove.What != CleanUp.Pod || remove.Why == CleanUpReason.NodeLost || !PodVerdict.AgentRuns(_state.Pod), "a pod whose agent runs is deleted");
                Assert.True(remove.What != CleanUp.Job || _state is { Pod: null, KubernetesJob.HasPod: false }, "a Job with a pod is deleted");
                var removing = _memory;
                _underWay.Add(() => Remove(remove, removing));
                break;
            case LifecycleCommand.Stop:
                _stopped = true;
                break;
        }
    }

    /// <summary>Every actor has a number; what an earlier one had under way does not reach a later one.</summary>
    private int _memory;

    private void Reply(int memory, LifecycleEvent happened)
    {
        if (memory == _memory)
        {
            Happens(happened);
        }
    }

    private void Forget()
    {
        (_state, _stopped, _asked, _told) = (new JobLifecycle(Given.Job), false, false, false);
        _memory++;
    }

    private void Pass(TimeSpan time)
    {
        var until = _now + time;
        for (var turns = 0; !_stopped && _state.WakeAt <= until; turns++)
        {
            Assert.True(turns < 10_000, "the job wakes itself for ever");
            _now = _state.WakeAt.Value > _now ? _state.WakeAt.Value : _now;
            Happens(LifecycleEvent.Due.Instance);
        }

        _now = until;
    }

    private PodFact Forged(string? owner) => Given.PendingPod.With(Given.Init("copy-agent").Ended(1)) with
    {
        Uid = "forged",
        Owner = owner,
        Phase = PodPhase.Failed,
        Revision = Next(),
    };

    private void Show() => Happens(new LifecycleEvent.Observed(new Seen(Given.Job, _job, _pod)));

    private void Answer(bool fails)
    {
        if (!_stopped && (_asked || _state.Watching))
        {
            _asked = false;
            Happens(new LifecycleEvent.StateKnown(fails ? null : _buildkite));
        }
    }

    private void StartRun()
    {
        // The limiter grants only when nothing of the job is on record.
        if (_buildkite is JobState.Scheduled or JobState.Reserved && _job is not { State: KubernetesJobState.Unfinished } && !_grants.ContainsValue("held"))
        {
            var number = _grants.Count + 1;
            _grants[number] = "held";
            _buildkite = JobState.Reserved;
            Happens(new LifecycleEvent.Started(new Run(Given.Job, Story.Grant(number), 0, NoRules)));
        }
    }
}
