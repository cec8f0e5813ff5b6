using System.CommandLine;
using Scheduler.Status;

namespace Scheduler.CommandLine;

/// <summary><c>scheduler status</c>: what a running cluster does.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var url = new Option<Uri>("--url")
        {
            Description = "management address of any node",
            DefaultValueFactory = _ => StatusOptions.Here,
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[^1].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
                {
                    return uri;
                }

                result.AddError($"--url '{result.Tokens[^1].Value}' is not an http or https URL; write it as http://host:8558");
                return null;
            },
        };
        var json = new Option<bool>("--json") { Description = "one JSON document instead of tables" };
        var token = new Option<string?>("--token-file")
        {
            Description = "file with the token of management-read-token or management-token; without one, grants and the lease's holder "
                + "are not shown",
        };
        var command = new Command("status", "Shows members, singletons, limiter and shards of a running cluster.") { url, token, json };
        command.SetAction((result, cancellationToken) => StatusRun.RunAsync(
            new StatusOptions(result.GetRequiredValue(url), result.GetValue(token), result.GetValue(json)),
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }
}
