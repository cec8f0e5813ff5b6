namespace Scheduler.Tests.EndToEnd;

/// <summary>One world for all tests of a class, which therefore look at their own jobs only.</summary>
public abstract class SharedWorld(string configuration) : IAsyncLifetime
{
    public EndToEndWorld It { get; private set; } = null!;

    public async Task InitializeAsync() => It = await EndToEndWorld.StartAsync(configuration);

    public async Task DisposeAsync() => await It.DisposeAsync();
}
