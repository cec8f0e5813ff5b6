using Scheduler.Core.Text;

namespace Scheduler.CommandLine;

/// <summary>
/// The only way to the terminal (a test sees to that): what is printed cannot steer it, nor add lines, whatever file, server or
/// pipeline it comes from.
/// </summary>
internal static class Terminal
{
    /// <summary>One line, however many the text has.</summary>
    public static Task LineAsync(this TextWriter output, string? text) => output.WriteLineAsync(PlainText.Line(text));

    /// <summary>Lines of ours; what comes from elsewhere was made part of one of them before.</summary>
    public static Task LinesAsync(this TextWriter output, string? text) => output.WriteLineAsync(PlainText.Lines(text, int.MaxValue));

    /// <summary>JSON or YAML for a program, which escapes what it must: as it is.</summary>
    public static Task DocumentAsync(this TextWriter output, string text) => output.WriteLineAsync(text);
}
