using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Scheduler.Buildkite;

/// <summary>Puts the Stacks API into a container.</summary>
public static class StacksServiceCollectionExtensions
{
    private const string ClientName = "stacks";

    /// <summary>Adds <see cref="IStacksApi"/> as a singleton.</summary>
    public static IServiceCollection AddStacksApi(this IServiceCollection services, StacksClientOptions options) =>
        services.AddStacksApi(_ => options);

    /// <summary>The same with options that depend on other services. A <see cref="TimeProvider"/> in the container is used.</summary>
    public static IServiceCollection AddStacksApi(this IServiceCollection services, Func<IServiceProvider, StacksClientOptions> options)
    {
        ArgumentNullException.ThrowIfNull(services);
        // The factory's own loggers would print headers; connections renew themselves, so its handlers need not.
        services.AddHttpClient(ClientName, StacksClient.Configure)
            .ConfigurePrimaryHttpMessageHandler(provider => StacksClient.CreateHandler(options(provider).Proxy))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.TryAddSingleton<IStacksApi>(provider => new StacksClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName),
            options(provider),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<ILogger<StacksClient>>() ?? NullLogger<StacksClient>.Instance));
        return services;
    }
}
