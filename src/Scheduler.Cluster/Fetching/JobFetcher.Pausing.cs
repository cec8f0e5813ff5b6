using Akka.Actor;
using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Fetching;

/// <summary>What a pause of the queue means for jobs that have a token already.</summary>
public sealed partial class JobFetcher
{
    private void TakePause(bool paused)
    {
        LogPause(paused);
        var begins = paused && !_paused;
        _paused = paused;
        if (begins)
        {
            TakeTokensBack();
        }
    }

    /// <summary>
    /// What was not reserved yet is simply given back. Of the others nobody knows here how far they have got: the limiter takes
    /// back what nobody has claimed, so that their Kubernetes Jobs are not created, and the news of that brings them back.
    /// </summary>
    private void TakeTokensBack()
    {
        while (!_reservations.First.IsEmpty)
        {
            (_reservations, var unreserved, _) = _reservations.NextFirst(usefulUntil: new Moment(TimeSpan.MinValue));
            foreach (var pending in unreserved)
            {
                GiveBack(pending);
                _backlog.Resume(pending.Job);
            }
        }

        foreach (var (job, pursuit) in _pursuits)
        {
            _limiter.Tell(new Return(job, pursuit.Grant));
        }
    }

    /// <summary>A launch did not come off: after a pause, unless nothing may be started now anyway.</summary>
    private void TryAgain(JobId job)
    {
        if (_paused)
        {
            _backlog.Resume(job);
        }
        else
        {
            RetryLater(job);
        }
    }
}
