using Scheduler.Core.Text;

namespace Scheduler.Core.Tests.Text;

public sealed class BoxTableTests
{
    [Fact]
    public void CellsOfSeveralLinesAndWideCharactersStayInTheirColumns() => Assert.Equal(
        """
        ╭────┬──────╮
        │ A  │ B    │
        ├────┼──────┤
        │ 1  │ zwei │
        │    │ drei │
        │ x😀 │ t ab │
        ╰────┴──────╯
        """,
        BoxTable.Draw(["A", "B"], [["1", "zwei\r\ndrei\n"], ["x😀", "t\tab"]]));
}
