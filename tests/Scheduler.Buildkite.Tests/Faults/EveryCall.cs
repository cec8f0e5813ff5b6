using Scheduler.Core.Identity;

namespace Scheduler.Buildkite.Tests.Faults;

/// <summary>Every call of the client, and how its failure reaches the caller: thrown, or as a part of the result.</summary>
internal static class EveryCall
{
    private static readonly JobId Job = new(Guid.Parse("6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01"));

    /// <summary>The error; null when the call succeeded.</summary>
    public static async Task<StacksApiException?> ErrorOfAsync(StacksClient client, StacksEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        var stack = client.Open(new StackRegistration("my-stack", "linux", "linux"));
        try
        {
            switch (endpoint)
            {
                case StacksEndpoint.Token:
                    await client.GetTokenAsync(cancellationToken);
                    break;
                case StacksEndpoint.Register:
                    await client.RegisterAsync(new StackRegistrationRequest("k", "q"), cancellationToken);
                    break;
                case StacksEndpoint.Deregister:
                    await stack.DeregisterAsync(cancellationToken);
                    break;
                case StacksEndpoint.ListScheduled:
                    await stack.ListScheduledAsync(null, 10, cancellationToken);
                    break;
                case StacksEndpoint.Reserve:
                    return (await stack.ReserveAsync([Job], null, cancellationToken)).Error;
                case StacksEndpoint.GetJob:
                    await stack.GetJobAsync(Job, cancellationToken);
                    break;
                case StacksEndpoint.GetStates:
                    await stack.GetStatesAsync([Job], cancellationToken);
                    break;
                case StacksEndpoint.Finish:
                    await stack.FinishAsync(Job, -1, "why", cancellationToken);
                    break;
                case StacksEndpoint.Notify:
                    return (await stack.NotifyAsync([new StackNotification(Job, "line", null)], cancellationToken)).Error;
                default:
                    throw new ArgumentOutOfRangeException(nameof(endpoint), endpoint, "no such call");
            }

            return null;
        }
        catch (StacksApiException error)
        {
            return error;
        }
    }
}
