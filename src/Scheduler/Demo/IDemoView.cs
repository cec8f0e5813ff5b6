namespace Scheduler.Demo;

/// <summary>Shows a demo while it runs.</summary>
internal interface IDemoView
{
    /// <summary>Shows nothing.</summary>
    static IDemoView None { get; } = new SilentDemoView();

    /// <summary>Looks at the progress again and again until the demo is over.</summary>
    Task FollowAsync(Func<DemoProgress> look, CancellationToken cancellationToken);
}

/// <summary>For a reader that wants the result only.</summary>
internal sealed class SilentDemoView : IDemoView
{
    public async Task FollowAsync(Func<DemoProgress> look, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!look().IsOver)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
