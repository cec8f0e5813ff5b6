using Microsoft.Extensions.Logging;
using Scheduler.Kubernetes.Options;
using Serilog;
using Serilog.Events;
using Serilog.Formatting;

namespace Scheduler.Logging;

/// <summary>Logs to standard output as <c>log-format</c>, <c>log-level</c>, <c>debug</c> and <c>no-color</c> say.</summary>
internal static class SchedulerLogging
{
    /// <summary>A level of ours, for the demo: its output is the view.</summary>
    public const string Silent = "none";

    /// <param name="builder">To add to, in place of what it has.</param>
    /// <param name="options">The configuration.</param>
    /// <param name="secrets">What must not be printed.</param>
    public static ILoggingBuilder AddSchedulerLogging(this ILoggingBuilder builder, ControllerOptions options, Secrets secrets)
    {
        builder.ClearProviders();
        if (options.LogLevel == Silent)
        {
            return builder;
        }

        var level = Level(options);
        var logger = new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)

            // A crash makes remoting talk a lot about connections it cannot have; what matters of it is told by the cluster.
            .MinimumLevel.Override("Akka.Remote", LogEventLevel.Error)
            .WriteTo.Console(Formatter(options, secrets))
            .CreateLogger();
        builder.SetMinimumLevel(level == LogEventLevel.Debug ? LogLevel.Debug : LogLevel.Information);
        return builder.AddSerilog(logger, dispose: true);
    }

    public static ITextFormatter Formatter(ControllerOptions options, Secrets secrets) =>
        options.LogFormat == "json"
            ? new JsonFormatter(secrets)
            : new LogfmtFormatter(secrets, colours: !options.NoColor && !Console.IsOutputRedirected);

    private static LogEventLevel Level(ControllerOptions options) => options switch
    {
        { Debug: true } or { LogLevel: "debug" } => LogEventLevel.Debug,
        { LogLevel: "warn" } => LogEventLevel.Warning,
        { LogLevel: "error" } => LogEventLevel.Error,
        _ => LogEventLevel.Information,
    };
}
