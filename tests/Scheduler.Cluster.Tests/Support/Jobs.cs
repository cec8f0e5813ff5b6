using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Cluster.Tests.Support;

/// <summary>Jobs by number: the higher, the younger.</summary>
internal static class Jobs
{
    public static JobId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));

    public static GrantId Grant(long number) => new(new Epoch(1), number);

    public static ScheduledJob Waiting(int number, int priority = 0, params string[] rules) =>
        new(Id(number), priority, DateTimeOffset.UnixEpoch.AddSeconds(number), [.. rules]);
}
