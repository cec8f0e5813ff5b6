namespace Scheduler.Chaos.Faults;

/// <summary>Which fault comes next: each once, in an order of the dice's, then each once again.</summary>
internal sealed class FaultPlan(IReadOnlyList<Fault> faults, Random dice)
{
    private readonly Queue<Fault> _round = new();

    public Fault Next()
    {
        if (_round.Count == 0)
        {
            var round = faults.ToArray();
            dice.Shuffle(round);
            Array.ForEach(round, _round.Enqueue);
        }

        return _round.Dequeue();
    }
}
