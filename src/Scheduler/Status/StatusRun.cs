using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.CommandLine;
using Scheduler.Core.Proxies;
using Scheduler.Running;
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

    public static async Task<int> RunAsync(
        StatusOptions options, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (EnvironmentProxy.Read(Environment.GetEnvironmentVariable).Problems.FirstOrDefault(problem => problem.IsFatal) is { } unusable)
        {
            await errors.LineAsync(unusable.ToString());
            return ExitCode.Failure;
        }

        if (await TokenAsync(options, errors, cancellationToken) is not { } token)
        {
            return ExitCode.Failure;
        }

        ClusterStatus status;
        try
        {
            using var client = new StatusClient(options.Node, token);
            status = await client.ReadAsync(cancellationToken);
        }
        catch (HttpRequestException error) when (error.StatusCode == HttpStatusCode.Unauthorized)
        {
            await errors.LineAsync(
                $"{options.Node} wants {(options.TokenFile is null ? "a token" : "another token")}: --token-file with that of "
                + "management-read-token or management-token");
            return ExitCode.Failure;
        }
        catch (Exception error) when (error is HttpRequestException or JsonException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await errors.LineAsync(
                $"{options.Node} cannot be asked{HttpClient.DefaultProxy.Through(options.Node)}: {error.Message} Is a scheduler running there, with management-port set to that port? Use --url for another address.");
            return ExitCode.Failure;
        }

        if (options.Json)
        {
            await output.DocumentAsync(JsonSerializer.Serialize(status, Json));
        }
        else
        {
            StatusView.Print(status, Console(output));
        }

        return ExitCode.Success;
    }

    /// <summary>Empty when there is none; null when it is of no use, which has been said then.</summary>
    private static async Task<string?> TokenAsync(StatusOptions options, TextWriter errors, CancellationToken cancellationToken)
    {
        if (options.TokenFile is null)
        {
            return "";
        }

        try
        {
            var token = (await File.ReadAllTextAsync(options.TokenFile, cancellationToken)).Trim();
            if (token.Length == 0 || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            {
                await errors.LineAsync($"--token-file {options.TokenFile} holds no token: it is empty, or has blanks or special characters");
                return null;
            }

            if (PlainHttp.IsExposed(options.Node))
            {
                await errors.LineAsync(
                    $"warning: the token goes over the network in the clear; use https, or a port-forward and {StatusOptions.Here}");
            }

            return token;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await errors.LineAsync($"--token-file {options.TokenFile} cannot be read: {error.Message}");
            return null;
        }
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

/// <summary>Whom to ask, and how to show it.</summary>
/// <param name="Node">Management address of any node.</param>
/// <param name="TokenFile">File with a token to show; null = none.</param>
/// <param name="Json">One JSON document instead of tables.</param>
internal sealed record StatusOptions(Uri Node, string? TokenFile, bool Json)
{
    /// <summary>A node on this machine, or one whose port is forwarded to it.</summary>
    public static readonly Uri Here = new("http://127.0.0.1:8558");
}
