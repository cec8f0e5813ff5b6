using Scheduler.CommandLine;

namespace Scheduler.Demo;

/// <summary>A line a second, for pipes and logs.</summary>
internal sealed class PlainDemoView(TextWriter output) : IDemoView
{
    public async Task FollowAsync(Func<DemoProgress> look, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var next = TimeSpan.Zero;
        var progress = look();
        while (!progress.IsOver)
        {
            if (progress.Elapsed >= next)
            {
                await output.LineAsync(Line(progress));
                next = progress.Elapsed + TimeSpan.FromSeconds(1);
            }

            await timer.WaitForNextTickAsync(cancellationToken);
            progress = look();
        }

        await output.LineAsync(Line(progress));
    }

    private static string Line(DemoProgress progress)
    {
        var limit = progress.MaxInFlight == 0 ? "no limit" : $"limit {progress.MaxInFlight}";
        return $"{progress.Elapsed.TotalSeconds,5:F1} s  waiting {progress.Waiting,6}  in flight {progress.InFlight,4} ({limit})  "
            + $"finished {progress.Finished,6} of {progress.Jobs}  {progress.JobsPerSecond,6:F1} jobs/s  by node [{string.Join(' ', progress.Created)}]";
    }
}
