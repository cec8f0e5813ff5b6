using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Core.Identity;
using Scheduler.Sandbox.Buildkite.Faults;
using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>One request: what it names, who sent it, and the fault that has been injected into it, if any.</summary>
internal sealed class Call(HttpContext http, BuildkiteEndpoint endpoint, BuildkiteFault? fault)
{
    public BuildkiteEndpoint Endpoint => endpoint;

    public BuildkiteFault? Fault => fault;

    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>The stack key of the path; empty in calls that have none.</summary>
    public string StackKey => http.GetRouteValue("key") as string ?? "";

    /// <summary>The text behind <c>Authorization: Token</c>; null without it.</summary>
    public string? Token =>
        http.Request.Headers.Authorization.ToString() is var header && header.StartsWith("Token ", StringComparison.OrdinalIgnoreCase)
            ? header["Token ".Length..].Trim()
            : null;

    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    public bool HasHeader(string name) => http.Request.Headers.ContainsKey(name);

    /// <summary>The job that the path names; null if that is no UUID, which no job has.</summary>
    public JobId? JobId => Core.Identity.JobId.TryParse(http.GetRouteValue("id") as string, out var id) ? id : null;

    /// <summary>Reads the body as a JSON object.</summary>
    /// <exception cref="RefusedException">400: the body is something else.</exception>
    public async ValueTask<JsonDocument> BodyAsync()
    {
        try
        {
            var body = await JsonDocument.ParseAsync(http.Request.Body, default, Aborted);
            return body.RootElement.ValueKind == JsonValueKind.Object
                ? body
                : throw new RefusedException(Refusal.Invalid("The request body must be a JSON object"));
        }
        catch (JsonException)
        {
            throw new RefusedException(Refusal.Invalid("The request body is not valid JSON"));
        }
    }

    /// <summary>Takes the body off the line without looking at it.</summary>
    public Task SkipBodyAsync() => http.Request.Body.CopyToAsync(Stream.Null, Aborted);
}
