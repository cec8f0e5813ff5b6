using System.CommandLine;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.CommandLine;

/// <summary>An option whose value is a duration in Go's notation, as everywhere else in the configuration.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan> Create(string name, TimeSpan preset, string description) => new(name)
    {
        Description = $"{description} (such as 500ms, 5s, 1m30s)",
        DefaultValueFactory = _ => preset,
        CustomParser = result =>
        {
            if (GoDuration.TryParse(result.Tokens[0].Value, out var duration) && duration >= TimeSpan.Zero)
            {
                return duration;
            }

            result.AddError($"{name}: '{result.Tokens[0].Value}' is no duration; write it as 500ms, 5s or 1m30s");
            return default;
        },
    };
}
