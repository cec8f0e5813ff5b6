using System.Collections.Immutable;

namespace Scheduler.Checking;

/// <summary>What the checks have found so far, in the order in which they were made.</summary>
internal sealed class CheckFindings
{
    private readonly List<CheckLine> _lines = [];

    public ImmutableArray<CheckLine> Lines => [.. _lines];

    public void Ok(string what, string finding) => _lines.Add(new CheckLine(CheckLevel.Ok, what, finding));

    public void Warn(string what, string finding, string? remedy = null) => _lines.Add(new CheckLine(CheckLevel.Warn, what, finding, remedy));

    public void Fail(string what, string finding, string remedy) => _lines.Add(new CheckLine(CheckLevel.Fail, what, finding, remedy));
}
