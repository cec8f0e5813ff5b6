using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.CommandLine;
using Spectre.Console;

namespace Scheduler.Status;

/// <summary><c>scheduler status</c> from the address to the exit code.</summary>
internal static class StatusRun
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static async Task<int> RunAsync(Uri node, bool json, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        ClusterStatus status;
        try
        {
            using var client = new StatusClient(node);
            status = await client.ReadAsync(cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await errors.WriteLineAsync(
                $"{node} cannot be asked: {error.Message} Is a scheduler running there, with management-port set to that port? Use --url for another address.");
            return ExitCode.Failure;
        }

        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(status, Json));
        }
        else
        {
            StatusView.Print(status, Console(output));
        }

        return ExitCode.Success;
    }

    /// <summary>Wide enough for addresses when the output is no terminal.</summary>
    private static IAnsiConsole Console(TextWriter output)
    {
        if (ReferenceEquals(output, System.Console.Out) && !System.Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 160;
        return console;
    }
}
