using Microsoft.Extensions.Logging;
using Scheduler.Buildkite;

namespace Scheduler.Running;

/// <summary>Gets from an agent token to a registered stack.</summary>
internal static partial class BuildkiteConnection
{
    /// <summary>Checks the token and registers the stack; what may heal is repeated with back-off.</summary>
    /// <exception cref="StartUpException">Buildkite rejects the token.</exception>
    public static async Task<IStack> RegisterAsync(
        IStacksApi api, StackRegistrationRequest request, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        var identity = await BackOff.UntilDoneAsync("asking Buildkite about the agent token", token => IdentifyAsync(api, token), logger, time, cancellationToken);
        LogIdentity(logger, identity.OrganizationSlug, identity.ClusterName);
        var stack = await BackOff.UntilDoneAsync("registering the stack", token => RegisterOnceAsync(api, request, token), logger, time, cancellationToken);
        LogRegistered(logger, request.Key, request.QueueKey);
        return stack;
    }

    private static async Task<TokenIdentity> IdentifyAsync(IStacksApi api, CancellationToken cancellationToken)
    {
        try
        {
            var identity = await api.GetTokenAsync(cancellationToken);
            return identity.IsClustered
                ? identity
                : throw new InvalidOperationException("the agent token belongs to no cluster; create a cluster token and put it into the secret");
        }
        catch (StacksApiException error) when (error.Kind == StacksErrorKind.Unauthorized)
        {
            throw new StartUpException("Buildkite rejects the agent token (401); put a valid cluster token into the secret", error);
        }
    }

    private static async Task<IStack> RegisterOnceAsync(IStacksApi api, StackRegistrationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await api.RegisterAsync(request, cancellationToken);
        }
        catch (ArgumentException error)
        {
            throw new StartUpException(error.Message, error);
        }
    }

    [LoggerMessage(LogLevel.Information, "agent token of organization {Organization}, cluster {Cluster}")]
    private static partial void LogIdentity(ILogger logger, string? organization, string? cluster);

    [LoggerMessage(LogLevel.Information, "registered stack {Stack} for queue {Queue}")]
    private static partial void LogRegistered(ILogger logger, string stack, string queue);
}
