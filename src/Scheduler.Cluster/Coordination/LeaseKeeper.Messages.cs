using Akka.Event;
using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Coordination;

internal sealed partial class LeaseKeeper
{
    /// <summary>How a request ended.</summary>
    public abstract record Answer
    {
        private Answer()
        {
        }

        /// <summary>The lease is held, or released.</summary>
        public sealed record Yes : Answer
        {
            public static readonly Yes Instance = new();
        }

        /// <summary>Somebody else holds it, or it could not be released.</summary>
        public sealed record No : Answer
        {
            public static readonly No Instance = new();
        }

        /// <summary>It cannot be told.</summary>
        public sealed record Unknown(Exception Error) : Answer;
    }

    /// <param name="Lost">Called once, with what was the matter or null, when the lease is lost.</param>
    /// <param name="Deadline">From then on the caller has been told that nothing is known; the lease must not be kept for it.</param>
    public sealed record Acquire(Action<Exception> Lost, Moment Deadline) : IDeadLetterSuppression;

    public sealed record Release : IDeadLetterSuppression
    {
        public static readonly Release Instance = new();
    }

    private sealed record Due
    {
        public static readonly Due Instance = new();
    }
}
