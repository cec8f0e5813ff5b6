using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Scheduler.Buildkite.Tests.Stub;

/// <summary>A Stacks API that answers as a test says, over real HTTP, and remembers what it was asked.</summary>
internal sealed class StacksStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<StubRequest, StubAnswer> _answer;
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private readonly long _start = TimeProvider.System.GetTimestamp();

    private StacksStub(WebApplication app, Func<StubRequest, StubAnswer> answer)
    {
        _app = app;
        _answer = answer;
        app.Run(AnswerAsync);
    }

    public Uri Endpoint => new(_app.Urls.Single() + "/v3");

    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    public static async Task<StacksStub> StartAsync(Func<StubRequest, StubAnswer> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var stub = new StacksStub(builder.Build(), answer);
        await stub._app.StartAsync();
        return stub;
    }

    /// <summary>Gives these answers in turn, the last one for ever.</summary>
    public static Task<StacksStub> StartAsync(params StubAnswer[] answers)
    {
        var next = -1;
        return StartAsync(_ => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)]);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var answer = _answer(await RecordAsync(context));
        if (answer.Fault == StubFault.Reset)
        {
            context.Abort();
            return;
        }

        if (answer.Fault == StubFault.Hang)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await WriteAsync(context, answer);
    }

    private static async Task WriteAsync(HttpContext context, StubAnswer answer)
    {
        var body = Encoding.UTF8.GetBytes(answer.Body);
        if (answer.Status != 204)
        {
            context.Response.ContentLength = body.Length;
        }

        var sent = answer.Fault == StubFault.None ? body.Length : body.Length / 2;
        await context.Response.Body.WriteAsync(body.AsMemory(0, sent));
        await context.Response.Body.FlushAsync();
        if (answer.Fault == StubFault.HangInBody)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<StubRequest> RecordAsync(HttpContext context)
    {
        var arrivedAt = TimeProvider.System.GetElapsedTime(_start);
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new StubRequest(context.Request.Method, target, headers, body, arrivedAt);
        _requests.Enqueue(request);
        return request;
    }
}
