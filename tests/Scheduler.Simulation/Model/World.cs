using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Rules;

namespace Scheduler.Simulation.Model;

/// <summary>
/// Everything in one run: the true time, what will happen next, three nodes, Kubernetes, Buildkite. One thing happens at a
/// time, so a run follows from its plan alone.
/// </summary>
internal sealed class World
{
    public const int Nodes = 3;

    private readonly PriorityQueue<Happening, long> _next = new(256);
    private readonly List<string>? _trace;
    private long _order;

    public World(Plan plan, SafetyRules rules, bool traced)
    {
        (Plan, Rules, Faults) = (plan, rules, plan.Faults());
        _trace = traced ? [] : null;
        Dice = new Dice(plan.Seed, plan.Spared);
        Size = new WorldSize(Dice, plan);
        Kubernetes = new KubernetesModel(this);
        Buildkite = new BuildkiteModel(this);
        Lease = new LeaseModel(this);
        Promises = new Promises(this);
        Limit = Size.Limit;
        for (var i = 0; i < Nodes; i++)
        {
            Node[i] = new Node(this, i, Dice.Number(0, 100_000), Dice.Number(-3_000, 3_000), Dice.Number(990, 1010));
        }

        Cluster = new Cluster(this);
    }

    public Plan Plan { get; }

    public SafetyRules Rules { get; }

    /// <summary>The faults of this run.</summary>
    public Fault Faults { get; }

    /// <summary>
    /// The API server refuses creates of epochs that are over. Only that is safe where machines may be paused with both clocks; a
    /// half of the other runs does without.
    /// </summary>
    public bool HasFence => Rules.HasFence && ((Faults & Fault.ClockStop) != 0 || Plan.Seed % 2 == 0);

    public Dice Dice { get; }

    public WorldSize Size { get; }

    /// <summary>The true time, in milliseconds since the start.</summary>
    public long Now { get; private set; }

    /// <summary>Things that have happened.</summary>
    public int Steps { get; private set; }

    /// <summary>The configured limit at present. Limiters hear of a change a little later.</summary>
    public int Limit { get; set; }

    public Node[] Node { get; } = new Node[Nodes];

    public KubernetesModel Kubernetes { get; }

    public BuildkiteModel Buildkite { get; }

    public LeaseModel Lease { get; }

    public Cluster Cluster { get; }

    public Promises Promises { get; }

    public bool IsTraced => _trace is not null;

    public IReadOnlyList<string> Trace => _trace ?? [];

    /// <summary>The adversary is still at it.</summary>
    public bool IsStormy => Now < Size.StormEnds;

    public bool Has(Fault fault) => (Faults & fault) != 0 && IsStormy;

    /// <summary>Whether a fault of this kind happens now.</summary>
    public bool Strikes(Fault fault, int perMille) => (Faults & fault) != 0 && Dice.Hit(perMille) && IsStormy;

    /// <summary>Something outside the nodes.</summary>
    public void After(long delay, Action act) => Enqueue(new Happening(act, null, 0), Now + delay);

    /// <summary>Something in a process: not if that has ended, later if it stands still.</summary>
    public void After(long delay, Node node, Action act) => Enqueue(new Happening(act, node, node.Incarnation), Now + delay);

    /// <summary>The same for the process that ran there at an earlier time.</summary>
    public void After(long delay, Node node, int incarnation, Action act) => Enqueue(new Happening(act, node, incarnation), Now + delay);

    public void Note(string text) => _trace?.Add($"[{Now / 1000.0,8:0.000}] {text}");

    /// <summary>Runs until everything is at rest, a promise is broken or the time is up.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Run()
    {
        Cluster.Begin();
        new Disasters(this).Arrange();
        After(Size.StormEnds, Cluster.CalmDown);
        while (Promises.Broken is null && _next.TryDequeue(out var happening, out var key))
        {
            Now = key >> 24;
            if (Now > Size.TimeIsUp)
            {
                return Promises.Unrest();
            }

            if (happening.Node is { } node)
            {
                if (!node.IsAlive || node.Incarnation != happening.Incarnation)
                {
                    continue;
                }

                if (node.IsPaused)
                {
                    Enqueue(happening, node.PausedUntil);
                    continue;
                }
            }

            Steps++;
            happening.Act();
            if (Now > Size.StormEnds && Promises.IsAtRest)
            {
                return Promises.Broken;
            }
        }

        return Promises.Broken;
    }

    private void Enqueue(Happening happening, long at) => _next.Enqueue(happening, (at << 24) | (++_order & 0xFF_FFFF));

    private readonly record struct Happening(Action Act, Node? Node, int Incarnation);
}
