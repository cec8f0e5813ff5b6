using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Model;

namespace Scheduler.Simulation.Parts;

/// <summary>What becomes of one create.</summary>
/// <param name="CommitsAfter">When the API server carries it out, in milliseconds; null = never.</param>
/// <param name="AnswerDelay">How long the answer takes then.</param>
/// <param name="AnswerLost">Its sender hears nothing.</param>
/// <param name="NeverSent">It certainly did not leave, or was refused.</param>
internal readonly record struct CreateFate(int? CommitsAfter, int AnswerDelay, bool AnswerLost, bool NeverSent)
{
    /// <summary>
    /// A create may be carried out until its time-out, counted by a server to which it may have been under way for part of
    /// the margin, and never after: unless the store is frozen.
    /// </summary>
    public static CreateFate Draw(World world, int timeout, int margin)
    {
        var (commit, answer) = (world.Dice.Number(2, 20), world.Dice.Number(1, 8));
        var (isLost, isNotSent) = (false, false);
        if (world.Strikes(Fault.LateCreate, 400))
        {
            commit = world.Dice.Number(20, world.Rules.HasServerTimeout ? timeout + (margin / 2) : 60_000);
        }

        if (world.Strikes(Fault.FrozenStore, 300))
        {
            commit = timeout + world.Dice.Number(margin, 30_000);
        }

        if (world.Strikes(Fault.CreateTrouble, 250))
        {
            switch (world.Dice.Number(0, 3))
            {
                case 0:
                    isNotSent = true;
                    break;
                case 1:
                    return new CreateFate(null, answer, AnswerLost: true, NeverSent: false);
                default:
                    isLost = true;
                    break;
            }
        }

        return new CreateFate(commit, answer, isLost, isNotSent);
    }

    public override string ToString() =>
        NeverSent ? " (not sent)"
        : CommitsAfter is null ? " (lost)"
        : CommitsAfter > 20 || AnswerLost ? $" (carried out after {CommitsAfter} ms{(AnswerLost ? ", answer lost" : "")})"
        : "";
}
