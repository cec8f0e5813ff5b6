using System.Collections.Immutable;
using System.Text;
using Scheduler.CommandLine;
using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pipelines;

namespace Scheduler.Linting;

/// <summary>Reads pipeline files and prints what is wrong with them: findings on standard output, what kept us from reading on the other.</summary>
internal static class LintRun
{
    public const string StandardInput = "-";

    /// <summary>No pipeline is larger; a file that is was hardly meant.</summary>
    private const int LargestFile = 4 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<int> RunAsync(LintOptions options, TextReader input, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (UsageProblem(options.Files) is { } problem)
        {
            await errors.LineAsync(problem);
            return ExitCode.Usage;
        }

        var configuration = ConfigurationLoader.Load(
            options.Config, ImmutableDictionary<string, string>.Empty, ImmutableDictionary<string, string?>.Empty, ConfigurationUse.Look);
        if (configuration.Options is not { } controller)
        {
            foreach (var wrong in configuration.Problems)
            {
                await errors.LineAsync(wrong.ToString());
            }

            return ExitCode.Failure;
        }

        if (configuration.Values is { } values)
        {
            await errors.LineAsync(values.ToString());
        }

        var succeeded = true;
        foreach (var file in options.Files)
        {
            succeeded &= await CheckAsync(file, controller, input, output, errors, cancellationToken);
        }

        return succeeded ? ExitCode.Success : ExitCode.Failure;
    }

    private static string? UsageProblem(IReadOnlyList<string> files) => files switch
    {
        [] => "lint: no file is named; write scheduler lint pipeline.yml, or - for standard input",
        _ when files.FirstOrDefault(file => file.StartsWith('-') && file != StandardInput) is { } flag =>
            $"lint: unknown flag {flag}; a file of this name is written ./{flag}",
        _ => null,
    };

    private static async Task<bool> CheckAsync(
        string file, ControllerOptions controller, TextReader input, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            var text = file == StandardInput ? await input.ReadToEndAsync(cancellationToken) : await ReadAsync(file, cancellationToken);
            var report = PipelineLint.Check(text, controller);
            foreach (var finding in report.Findings)
            {
                await output.LineAsync($"{file}:{finding}");
            }

            await output.LineAsync($"{file}: {Summary(report)}");
            return report.Errors == 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            await errors.LineAsync($"{file}: cannot be read: {error.Message}");
            return false;
        }
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (new FileInfo(file) is { Exists: true, Length: > LargestFile })
        {
            throw new IOException($"it is larger than {LargestFile >> 20} MiB");
        }

        return await File.ReadAllTextAsync(file, Utf8, cancellationToken);
    }

    private static string Summary(PipelineReport report) => FormattableString.Invariant(
        $"{(report.Errors == 0 ? "valid" : "not valid")}; kubernetes plugins: {report.Plugins}, errors: {report.Errors}, warnings: {report.Warnings}");
}

/// <summary>What to check.</summary>
/// <param name="Files">Pipeline files; <c>-</c> = standard input.</param>
/// <param name="Config">The controller's configuration file; null = its defaults.</param>
internal sealed record LintOptions(IReadOnlyList<string> Files, string? Config);
