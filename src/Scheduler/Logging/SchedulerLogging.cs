using Microsoft.Extensions.Logging;
using Scheduler.Kubernetes.Options;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Sinks.SystemConsole.Themes;

namespace Scheduler.Logging;

/// <summary>Logs to standard output as <c>log-format</c>, <c>log-level</c>, <c>debug</c> and <c>no-color</c> say.</summary>
internal static class SchedulerLogging
{
    /// <summary>A level of ours, for the demo: its output is the view.</summary>
    public const string Silent = "none";

    private const string LogfmtTemplate = "{Timestamp:MMM dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static ILoggingBuilder AddSchedulerLogging(this ILoggingBuilder builder, ControllerOptions options)
    {
        builder.ClearProviders();
        if (options.LogLevel == Silent)
        {
            return builder;
        }

        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(Level(options))
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)

            // A crash makes remoting talk a lot about connections it cannot have; what matters of it is told by the cluster.
            .MinimumLevel.Override("Akka.Remote", LogEventLevel.Error);
        configuration = options.LogFormat == "json"
            ? configuration.WriteTo.Console(new CompactJsonFormatter())
            : configuration.WriteTo.Console(
                outputTemplate: LogfmtTemplate,
                formatProvider: System.Globalization.CultureInfo.InvariantCulture,
                theme: options.NoColor ? ConsoleTheme.None : AnsiConsoleTheme.Literate);
        return builder.AddSerilog(configuration.CreateLogger(), dispose: true);
    }

    private static LogEventLevel Level(ControllerOptions options) => options switch
    {
        { Debug: true } or { LogLevel: "debug" } => LogEventLevel.Debug,
        { LogLevel: "warn" } => LogEventLevel.Warning,
        { LogLevel: "error" } => LogEventLevel.Error,
        _ => LogEventLevel.Information,
    };
}
