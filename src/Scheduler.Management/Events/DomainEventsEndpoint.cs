using System.Threading.Channels;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Management.Serving;

namespace Scheduler.Management.Events;

/// <summary><c>GET /cluster/domain-events</c>: membership as it changes, as server-sent events, to so many readers at a time.</summary>
internal static class DomainEventsEndpoint
{
    /// <summary>Events a slow reader may be behind; Akka Management's number.</summary>
    private const int Buffer = 128;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    public static void MapDomainEvents(this IEndpointRouteBuilder routes, NodeView view, ManagementOptions options, TimeProvider time)
    {
        var cap = new StreamCap(options.MostEventStreams);
        routes.MapGet("/cluster/domain-events", async (HttpContext context) =>
        {
            if (!cap.TryEnter())
            {
                context.Response.Headers.RetryAfter = "10";
                var full = FormattableString.Invariant($"at most {cap.Most} readers of events are served at a time; come again later");
                await Answer.Message(StatusCodes.Status503ServiceUnavailable, full).ExecuteAsync(context);
                return;
            }

            try
            {
                using var end = new CancellationTokenSource(options.LongestEventStream, time);
                using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, end.Token);
                await StreamAsync(context, view.System, time, over.Token);
            }
            finally
            {
                cap.Leave();
            }
        });
    }

    private static async Task StreamAsync(HttpContext context, ActorSystem system, TimeProvider time, CancellationToken over)
    {
        var types = context.Request.Query["type"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var events = Channel.CreateBounded<EventDocument>(new BoundedChannelOptions(Buffer) { SingleReader = true });
        var subscriber = system.ActorOf(EventSubscriber.Props(events.Writer));
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-cache";
            await context.Response.Body.FlushAsync(over);
            await PassOnAsync(context, events.Reader, types, time, over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The reader has left, or had his time.
        }
        finally
        {
            system.Stop(subscriber);
        }
    }

    private static async Task PassOnAsync(
        HttpContext context, ChannelReader<EventDocument> events, HashSet<string> types, TimeProvider time, CancellationToken over)
    {
        var available = events.WaitToReadAsync(over).AsTask();
        while (true)
        {
            try
            {
                if (!await available.WaitAsync(Heartbeat, time, over))
                {
                    return;
                }

                while (events.TryRead(out var change))
                {
                    if (change.IsOneOf(types))
                    {
                        await context.Response.WriteAsync($"event: {change.Type}\ndata: {Answer.Text(change)}\n\n", over);
                    }
                }

                available = events.WaitToReadAsync(over).AsTask();
            }
            catch (TimeoutException)
            {
                await context.Response.WriteAsync(":\n\n", over);
            }

            await context.Response.Body.FlushAsync(over);
        }
    }
}
