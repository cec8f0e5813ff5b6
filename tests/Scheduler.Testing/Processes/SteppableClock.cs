using System.Globalization;
using System.Text;

namespace Scheduler.Testing.Processes;

/// <summary>
/// A wall clock that can be set while a process runs, for that process alone, by Debian's libfaketime. The monotonic clock runs on
/// as ever, as it does when somebody sets a machine's clock.
/// </summary>
public sealed class SteppableClock
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    private readonly string _offset;

    /// <param name="folder">Keeps a file with the offset.</param>
    /// <param name="name">Unique in the folder.</param>
    public SteppableClock(string folder, string name)
    {
        _offset = Path.Combine(folder, name + ".clock");
        Write(0);
    }

    /// <summary>Why clocks cannot be set here; null when they can.</summary>
    public static string? CannotBeSetBecause => File.Exists(Library) ? null : "libfaketime is not installed";

    /// <summary>What a process must be started with to live by this clock; nothing where clocks cannot be set.</summary>
    public IReadOnlyDictionary<string, string> Environment => CannotBeSetBecause is not null
        ? new Dictionary<string, string>()
        : new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library,
            ["FAKETIME_TIMESTAMP_FILE"] = _offset,
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["NO_FAKE_STAT"] = "1",
        };

    /// <summary>Sets the clock so far from the machine's; noticed within a second. A process that starts later starts with it.</summary>
    public void SetOffset(TimeSpan offset) => Write(offset.TotalSeconds);

    /// <summary>Whole: whoever reads it meanwhile must not see half a number.</summary>
    private void Write(double seconds)
    {
        var next = _offset + ".next";
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{seconds:+0.###;-0.###;+0}\n"), new UTF8Encoding(false));
        File.Move(next, _offset, overwrite: true);
    }
}
