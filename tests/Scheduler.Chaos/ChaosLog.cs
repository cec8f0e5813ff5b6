using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace Scheduler.Chaos;

/// <summary>The story of a run, to the test's output and, as it happens, to a file. From any thread.</summary>
internal sealed class ChaosLog : IDisposable
{
    private readonly ITestOutputHelper _output;
    private readonly TextWriter _file;
    private readonly long _begun = TimeProvider.System.GetTimestamp();

    public ChaosLog(ITestOutputHelper output, string path)
    {
        (_output, Path) = (output, path);
        _file = TextWriter.Synchronized(new StreamWriter(path, append: true, new UTF8Encoding(false)) { AutoFlush = true });
    }

    public string Path { get; }

    public void Write(FormattableString text)
    {
        var now = TimeProvider.System.GetUtcNow();
        var elapsed = TimeProvider.System.GetElapsedTime(_begun);
        var line = string.Create(CultureInfo.InvariantCulture, $"{now:HH:mm:ss.fff} {(int)elapsed.TotalSeconds,5} s  ") + text.ToString(CultureInfo.InvariantCulture);
        _output.WriteLine(line);
        _file.WriteLine(line);
    }

    public void Dispose() => _file.Dispose();
}
