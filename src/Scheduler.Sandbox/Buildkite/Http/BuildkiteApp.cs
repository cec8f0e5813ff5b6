using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>Puts the calls on their paths under <c>/v3</c>. Any other path answers 404 with a JSON message.</summary>
internal static class BuildkiteApp
{
    public static WebApplication Build(BuildkiteServerOptions options, Dispatcher dispatcher, StackCalls stacks, AgentCalls agents)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address, options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        MapStacks(app, dispatcher, stacks);
        MapAgents(app, dispatcher, agents);
        app.Map("{**path}", http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            http.Response.ContentType = "application/json; charset=utf-8";
            return http.Response.WriteAsync($$"""{"message":"Not Found"}""", http.RequestAborted);
        });
        return app;
    }

    private static void MapStacks(WebApplication app, Dispatcher dispatcher, StackCalls calls)
    {
        void Map(string method, string path, BuildkiteEndpoint endpoint, Func<Call, ValueTask<Answer>> handler) =>
            MapCall(app, dispatcher, method, path, endpoint, handler);

        Map("GET", "token", BuildkiteEndpoint.Token, calls.Token);
        Map("POST", "stacks/register", BuildkiteEndpoint.RegisterStack, calls.Register);
        Map("POST", "stacks/{key}/deregister", BuildkiteEndpoint.DeregisterStack, calls.Deregister);
        Map("GET", "stacks/{key}/scheduled-jobs", BuildkiteEndpoint.ListScheduledJobs, calls.List);
        Map("PUT", "stacks/{key}/scheduled-jobs/batch-reserve", BuildkiteEndpoint.ReserveJobs, calls.Reserve);
        Map("GET", "stacks/{key}/jobs/{id}", BuildkiteEndpoint.GetJob, calls.GetJob);
        Map("POST", "stacks/{key}/jobs/get-states", BuildkiteEndpoint.GetJobStates, calls.GetStates);
        Map("POST", "stacks/{key}/jobs/{id}/finish", BuildkiteEndpoint.FinishJob, calls.Finish);
        Map("POST", "stacks/{key}/notifications", BuildkiteEndpoint.Notify, calls.Notify);
    }

    private static void MapAgents(WebApplication app, Dispatcher dispatcher, AgentCalls calls)
    {
        void Map(string method, string path, BuildkiteEndpoint endpoint, Func<Call, ValueTask<Answer>> handler) =>
            MapCall(app, dispatcher, method, path, endpoint, handler);

        Map("POST", "register", BuildkiteEndpoint.AgentRegister, calls.Register);
        Map("POST", "connect", BuildkiteEndpoint.AgentConnect, calls.Connect);
        Map("POST", "heartbeat", BuildkiteEndpoint.AgentHeartbeat, calls.Heartbeat);
        Map("GET", "ping", BuildkiteEndpoint.AgentPing, calls.Ping);
        Map("POST", "disconnect", BuildkiteEndpoint.AgentDisconnect, calls.Disconnect);
        Map("PUT", "jobs/{id}/acquire", BuildkiteEndpoint.AgentAcquire, calls.Acquire);
        Map("PUT", "jobs/{id}/accept", BuildkiteEndpoint.AgentAccept, calls.Accept);
        Map("PUT", "jobs/{id}/start", BuildkiteEndpoint.AgentStart, calls.Start);
        Map("POST", "jobs/{id}/chunks", BuildkiteEndpoint.AgentChunks, calls.Chunks);
        Map("POST", "jobs/{id}/header_times", BuildkiteEndpoint.AgentHeaderTimes, calls.HeaderTimes);
        Map("GET", "jobs/{id}", BuildkiteEndpoint.AgentJobState, calls.State);
        Map("PUT", "jobs/{id}/finish", BuildkiteEndpoint.AgentFinish, calls.Finish);
    }

    private static void MapCall(
        WebApplication app,
        Dispatcher dispatcher,
        string method,
        string path,
        BuildkiteEndpoint endpoint,
        Func<Call, ValueTask<Answer>> handler) =>
        app.MapMethods($"/v3/{path}", [method], (RequestDelegate)(http => dispatcher.RunAsync(http, endpoint, handler)));
}
