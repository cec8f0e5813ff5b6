using System.Runtime.InteropServices;
using Scheduler.Core.Identity;

namespace Scheduler.Simulation.Model;

/// <summary>Jobs by number.</summary>
internal static class Ids
{
    private static readonly JobId[] Known = [.. Enumerable.Range(0, 64).Select(i => new JobId(new Guid(i, 0, 0, new byte[8])))];

    public static JobId Of(int number) => Known[number];

    public static int NumberOf(JobId id)
    {
        var value = id.Value;
        return MemoryMarshal.Read<int>(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in value)));
    }

    public static string Show(JobId id) => $"j{NumberOf(id)}";
}
