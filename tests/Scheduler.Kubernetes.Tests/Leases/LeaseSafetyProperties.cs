using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Kubernetes.Tests.Leases;

/// <summary>Holders with clocks of their own compete over a server that is slow and loses answers.</summary>
public sealed class LeaseSafetyProperties
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Epilogue = TimeSpan.FromSeconds(30);

    /// <summary>Mostly a good network, now and then one whose delays exceed the lease's duration.</summary>
    private static readonly Gen<int> Lag = Gen.Frequency((6, Gen.Int[0, 150]), (2, Gen.Int[0, 2500]), (1, Gen.Int[0, 15_000]));

    /// <summary>Mostly a punctual owner, now and then one that is frozen for longer than the lease lasts.</summary>
    private static readonly Gen<int> Pause = Gen.Frequency((4, Gen.Int[100, 1500]), (1, Gen.Int[4000, 15_000]));

    private static readonly Gen<Behaviour> Behaviours =
        from offset in Gen.Int[0, 100_000]
        from rate in Gen.Double[0.97, 1.03]
        from wall in Gen.Int[-5000, 5000]
        from steps in Gen.Select(Lag, Lag, Gen.Int[0, 99], Pause).Array[20]
        select new Behaviour(offset, rate, wall, steps);

    /// <param name="OffsetMs">When its clock began.</param>
    /// <param name="Rate">How fast its clock runs.</param>
    /// <param name="WallOffsetMs">How wrong its wall clock is.</param>
    /// <param name="Steps">Way there, way back, chance, and pause in milliseconds, used again and again.</param>
    private sealed record Behaviour(int OffsetMs, double Rate, int WallOffsetMs, (int Way, int Back, int Chance, int PauseMs)[] Steps);

    private sealed record Reign(int Holder, long Epoch, TimeSpan From, TimeSpan Until);

    [Fact]
    public void NeverDoTwoHoldTheLeaseAtOnceAndEpochsOnlyRise() => Behaviours.Array[2, 3].Sample(
        behaviours =>
        {
            var reigns = Simulate(behaviours);
            foreach (var (earlier, later) in reigns.SelectMany((one, i) => reigns.Skip(i + 1).Select(other => (one, other))))
            {
                Assert.True(
                    earlier.Holder == later.Holder || earlier.Until <= later.From || later.Until <= earlier.From,
                    $"{earlier} and {later} overlap");
                Assert.True(earlier.Holder == later.Holder ? earlier.Epoch <= later.Epoch : earlier.Epoch < later.Epoch, $"{earlier}, then {later}");
            }
        },
        iter: 1000);

    /// <summary>So that the property above is not true for want of changes of holder.</summary>
    [Fact]
    public void HoldersDoChangeInTheseSimulations()
    {
        var changes = 0;
        Behaviours.Array[2, 3].Sample(behaviours => Interlocked.Add(ref changes, Simulate(behaviours).Select(reign => reign.Epoch).Distinct().Count()), iter: 50);
        Assert.True(changes > 100, $"{changes} reigns in 50 simulations");
    }

    [Fact]
    public void WithAGoodNetworkSomebodySoonHoldsItAndKeepsIt() => Gen.Int[0, 150].Select(Gen.Int[0, 100_000]).Array[2, 3].Sample(
        values =>
        {
            var calm = values.Select(value => new Behaviour(value.Item2, 1, 0, [(value.Item1, value.Item1, 50, 1000)])).ToArray();

            var reigns = Simulate(calm);

            Assert.Single(reigns.Select(reign => reign.Epoch).Distinct());
            Assert.True(reigns[0].From < TimeSpan.FromSeconds(2));
            Assert.True(reigns[^1].Until > Length);
        },
        iter: 30);

    private static List<Reign> Simulate(Behaviour[] behaviours)
    {
        // Everything runs in this very thread, timer by timer, so that a failure can be repeated from its seed.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var common = new FakeTimeProvider();
            var began = common.GetElapsedTime(0, common.GetTimestamp());
            var server = new SlowLeaseServer(common);
            var reigns = new List<Reign>();
            var players = behaviours.Select((behaviour, holder) => PlayAsync(holder, behaviour, server, common, began, reigns)).ToArray();
            for (var passed = TimeSpan.Zero; passed < Length + Epilogue; passed += Step)
            {
                common.Advance(Step);
            }

            Assert.All(players, player => Assert.True(player.IsCompleted, "the simulation left its thread"));
            return reigns;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private static async Task PlayAsync(
        int holder, Behaviour behaviour, SlowLeaseServer server, FakeTimeProvider common, TimeSpan began, List<Reign> reigns)
    {
        var clock = new SkewedClock(
            common, TimeSpan.FromMilliseconds(behaviour.OffsetMs), behaviour.Rate, TimeSpan.FromMilliseconds(behaviour.WallOffsetMs));
        var request = 0;
        var store = server.Connect(() =>
        {
            var (way, back, chance, _) = behaviour.Steps[request++ % behaviour.Steps.Length];
            return new SlowLeaseServer.Delays(TimeSpan.FromMilliseconds(way), TimeSpan.FromMilliseconds(back), RequestLost: chance >= 90, AnswerLost: chance < 10);
        });
        using var lease = new KubernetesLeaseHolder(
            new LeaseOptions { Namespace = "ns", Name = "lease", HolderName = $"holder-{holder}" }, store, clock);
        TimeSpan Now() => common.GetElapsedTime(0, common.GetTimestamp()) - began;
        var held = false;
        for (var step = 0; Now() < Length; step++)
        {
            var (_, _, chance, pause) = behaviour.Steps[step % behaviour.Steps.Length];
            try
            {
                if (held && chance is >= 10 and < 20)
                {
                    held = false;
                    for (var i = 0; i < reigns.Count; i++)
                    {
                        reigns[i] = reigns[i].Holder == holder ? Shortened(reigns[i], Now()) : reigns[i];
                    }

                    await lease.ReleaseAsync(CancellationToken.None);
                }
                else
                {
                    var term = held ? await lease.TryRenewAsync(CancellationToken.None) : await lease.TryAcquireAsync(CancellationToken.None);
                    held = term is not null;
                    if (term is not null)
                    {
                        reigns.Add(new Reign(holder, term.Epoch.Value, Now(), clock.ToCommon(term.ValidUntil.SinceStart) - began));
                    }
                }

            }
            catch (HttpRequestException)
            {
                // No answer; the term it has runs on.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(pause), common, CancellationToken.None);
        }
    }

    private static Reign Shortened(Reign reign, TimeSpan now) => reign with { Until = reign.Until < now ? reign.Until : now };
}
