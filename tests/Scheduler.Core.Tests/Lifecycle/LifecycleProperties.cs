using CsCheck;

namespace Scheduler.Core.Tests.Lifecycle;

/// <summary>What holds for every sequence of events, with losses, failures and lost memories.</summary>
public sealed class LifecycleProperties
{
    private static readonly Gen<int[]> Choices = Gen.Int[0, (1 << 16) - 1].Array[0, 120];

    /// <summary>
    /// No sequence leaves a job without an exit, a Kubernetes Job unfinished, a token held, or a failed job untold. A token is
    /// returned at most once and never when a Job was created with it. A job is failed at most once.
    /// </summary>
    [Fact]
    public void EveryJobComesToAnEndThatIsToldOnce() => Choices.Sample(
        choices =>
        {
            var world = new LifecycleWorld();
            foreach (var choice in choices)
            {
                world.Play(choice);
            }

            world.Settle();
        },
        iter: 5_000);
}
