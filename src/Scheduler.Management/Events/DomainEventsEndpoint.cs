using System.Threading.Channels;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Management.Serving;

namespace Scheduler.Management.Events;

/// <summary><c>GET /cluster/domain-events</c>: membership as it changes, as server-sent events.</summary>
internal static class DomainEventsEndpoint
{
    /// <summary>Events a slow reader may be behind; Akka Management's number.</summary>
    private const int Buffer = 128;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    public static void MapDomainEvents(this IEndpointRouteBuilder routes, NodeView view, TimeProvider time) =>
        routes.MapGet("/cluster/domain-events", (HttpContext context) => StreamAsync(context, view.System, time));

    private static async Task StreamAsync(HttpContext context, ActorSystem system, TimeProvider time)
    {
        var types = context.Request.Query["type"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var events = Channel.CreateBounded<EventDocument>(new BoundedChannelOptions(Buffer) { SingleReader = true });
        var subscriber = system.ActorOf(EventSubscriber.Props(events.Writer));
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-cache";
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await PassOnAsync(context, events.Reader, types, time);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The reader has left.
        }
        finally
        {
            system.Stop(subscriber);
        }
    }

    private static async Task PassOnAsync(HttpContext context, ChannelReader<EventDocument> events, HashSet<string> types, TimeProvider time)
    {
        var available = events.WaitToReadAsync(context.RequestAborted).AsTask();
        while (true)
        {
            try
            {
                if (!await available.WaitAsync(Heartbeat, time, context.RequestAborted))
                {
                    return;
                }

                while (events.TryRead(out var change))
                {
                    if (change.IsOneOf(types))
                    {
                        await context.Response.WriteAsync($"event: {change.Type}\ndata: {Answer.Text(change)}\n\n", context.RequestAborted);
                    }
                }

                available = events.WaitToReadAsync(context.RequestAborted).AsTask();
            }
            catch (TimeoutException)
            {
                await context.Response.WriteAsync(":\n\n", context.RequestAborted);
            }

            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
