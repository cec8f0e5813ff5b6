using System.CommandLine;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.CommandLine;

/// <summary>An option whose value is a duration in Go's notation, as everywhere else in the configuration.</summary>
internal static class DurationOption
{
    /// <summary>The same for one that must leave some time.</summary>
    public static Option<TimeSpan> Positive(string name, TimeSpan preset, string description)
    {
        var option = Create(name, preset, description);
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<TimeSpan>() <= TimeSpan.Zero)
            {
                result.AddError($"{name}: 0 leaves no time for an answer; write it as 10s");
            }
        });
        return option;
    }

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
