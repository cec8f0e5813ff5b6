using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Management.Serving;

namespace Scheduler.Management.Limiter;

/// <summary>The singletons, wherever they are. Any node answers for them, with what they said last.</summary>
internal static class SingletonEndpoints
{
    private const string Silent = "the limiter does not answer: it may be moving to another node";

    public static void MapSingletons(this IEndpointRouteBuilder routes, NodeView view)
    {
        routes.MapGet("/limiter", async (HttpContext context, CancellationToken cancellationToken) =>
            Shown(context, LimiterDocument.Of(await view.LimiterAsync(cancellationToken))));

        // With the token as a parameter of its own, or the result would be dropped: this would be a RequestDelegate.
        routes.MapGet("/singletons", async (HttpContext context, CancellationToken cancellationToken) =>
            Answer.Ok(await AllAsync(view, context, cancellationToken)));
    }

    private static IResult Shown(HttpContext context, LimiterDocument? limiter) => limiter switch
    {
        null => Answer.Message(StatusCodes.Status503ServiceUnavailable, Silent),
        { Stale: true } => Answer.Ok(
            Seen(context, limiter) with { Message = FormattableString.Invariant($"{Silent}; this is {limiter.AgeSeconds:F1} s old") },
            StatusCodes.Status503ServiceUnavailable),
        _ => Answer.Ok(Seen(context, limiter)),
    };

    private static async Task<SingletonsDocument> AllAsync(NodeView view, HttpContext context, CancellationToken cancellationToken)
    {
        var limiter = view.LimiterAsync(cancellationToken);
        var fetcher = view.FetcherAsync(cancellationToken);
        var watcher = view.WatcherAsync(cancellationToken);
        return new SingletonsDocument(
            LimiterDocument.Of(await limiter) is { } books ? Seen(context, books) : null,
            FetcherDocument.Of(await fetcher),
            WatcherDocument.Of(await watcher));
    }

    private static LimiterDocument Seen(HttpContext context, LimiterDocument limiter) =>
        ReaderFilter.ShowsAll(context) ? limiter : limiter.WithoutIdentities();
}
