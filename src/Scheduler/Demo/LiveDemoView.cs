using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Scheduler.Demo;

/// <summary>Bars that move, for a terminal.</summary>
internal sealed class LiveDemoView(IAnsiConsole console) : IDemoView
{
    public Task FollowAsync(Func<DemoProgress> look, CancellationToken cancellationToken)
    {
        var first = look();
        return console.Live(Draw(first)).StartAsync(async context =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            for (var progress = first; ; progress = look())
            {
                context.UpdateTarget(Draw(progress));
                if (progress.IsOver)
                {
                    return;
                }

                await timer.WaitForNextTickAsync(cancellationToken);
            }
        });
    }

    private static Rows Draw(DemoProgress progress)
    {
        var jobs = new BreakdownChart().Width(80).AddItem("waiting", progress.Waiting, Color.Grey)
            .AddItem("in flight", progress.InFlight, Color.Yellow)
            .AddItem("finished", progress.Finished, Color.Green);
        var limit = progress.MaxInFlight == 0 ? "unlimited" : progress.MaxInFlight.ToString(CultureInfo.InvariantCulture);
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumns("in flight / limit", "jobs/s", "elapsed", "created by node")
            .AddRow(
                $"[bold]{progress.InFlight}[/] / {limit}",
                progress.JobsPerSecond.ToString("F1", CultureInfo.InvariantCulture),
                $"{progress.Elapsed.TotalSeconds:F1} s",
                string.Join("  ", progress.Created.Select((count, node) => $"#{node + 1}: {count}")));
        return new Rows(new IRenderable[] { jobs, table });
    }
}
