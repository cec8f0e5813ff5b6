using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Management.Serving;

namespace Scheduler.Management.Limiter;

/// <summary>The singletons, wherever they are. Any node answers for them.</summary>
internal static class SingletonEndpoints
{
    public static void MapSingletons(this IEndpointRouteBuilder routes, NodeView view)
    {
        routes.MapGet("/limiter", async (CancellationToken cancellationToken) =>
            await view.LimiterAsync(cancellationToken) is { } status
                ? Answer.Ok(LimiterDocument.Of(status))
                : Answer.Message(StatusCodes.Status503ServiceUnavailable, "the limiter does not answer: it may be moving to another node"));
        routes.MapGet("/singletons", async (CancellationToken cancellationToken) => Answer.Ok(await AllAsync(view, cancellationToken)));
    }

    private static async Task<SingletonsDocument> AllAsync(NodeView view, CancellationToken cancellationToken)
    {
        var limiter = view.LimiterAsync(cancellationToken);
        var fetcher = view.FetcherAsync(cancellationToken);
        var watcher = view.WatcherAsync(cancellationToken);
        return new SingletonsDocument(
            await limiter is { } l ? LimiterDocument.Of(l) : null,
            await fetcher is { } f ? FetcherDocument.Of(f) : null,
            await watcher is { } w ? WatcherDocument.Of(w) : null);
    }
}
