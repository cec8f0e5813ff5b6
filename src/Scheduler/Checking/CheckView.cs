using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.CommandLine;

namespace Scheduler.Checking;

/// <summary>A report for people and for programs.</summary>
internal static class CheckView
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static async Task PrintAsync(CheckReport report, bool json, TextWriter output)
    {
        if (json)
        {
            await output.DocumentAsync(JsonSerializer.Serialize(report, Json));
            return;
        }

        foreach (var line in report.Checks)
        {
            await output.LineAsync($"{Word(line.Level),-4}  {line.What}: {line.Finding}");
            if (line.Remedy is not null)
            {
                await output.LineAsync($"      > {line.Remedy}");
            }
        }

        if (report.Plan.Length > 0)
        {
            await output.LinesAsync("\nscheduler run would");
            foreach (var line in report.Plan)
            {
                await output.LineAsync($"      {line.Text}");
            }
        }

        await output.LinesAsync(FormattableString.Invariant(
            $"\n{(report.Ok ? "nothing failed" : "not ready")}: {Count(report, CheckLevel.Ok)} ok, {Count(report, CheckLevel.Warn)} warnings, {Count(report, CheckLevel.Fail)} failed"));
    }

    private static int Count(CheckReport report, CheckLevel level) => report.Checks.Count(line => line.Level == level);

    private static string Word(CheckLevel level) => level switch
    {
        CheckLevel.Ok => "ok",
        CheckLevel.Warn => "warn",
        _ => "FAIL",
    };
}
