namespace Scheduler.Buildkite.Transport;

/// <summary>What is fixed for each call: its name in messages, the rate-limit scope, the attempts (stacks-api.md §§12–13).</summary>
/// <param name="Name">As messages and log lines call it.</param>
/// <param name="Scope">The rate-limit scope it is assumed to be in until an answer names another.</param>
/// <param name="Attempts">Tries within one call; more than one only where repeating is harmless.</param>
internal sealed record EndpointRules(string Name, string Scope, int Attempts)
{
    private const int Retried = 5;

    private static readonly EndpointRules Token = new("token", "token", 1);
    private static readonly EndpointRules Register = new("register stack", "register", Retried);
    private static readonly EndpointRules Deregister = new("deregister stack", "default", 1);
    private static readonly EndpointRules ListScheduled = new("list scheduled jobs", "list-scheduled-jobs", 1);
    private static readonly EndpointRules Reserve = new("reserve jobs", "batch-reserve", 1);
    private static readonly EndpointRules GetJob = new("get job", "show-job", Retried);
    private static readonly EndpointRules GetStates = new("get job states", "batch-load-job-states", Retried);
    private static readonly EndpointRules Finish = new("finish job", "finish-job", Retried);
    private static readonly EndpointRules Notify = new("send notifications", "stack-notification", 1);

    public static EndpointRules Of(StacksEndpoint endpoint) => endpoint switch
    {
        StacksEndpoint.Token => Token,
        StacksEndpoint.Register => Register,
        StacksEndpoint.Deregister => Deregister,
        StacksEndpoint.ListScheduled => ListScheduled,
        StacksEndpoint.Reserve => Reserve,
        StacksEndpoint.GetJob => GetJob,
        StacksEndpoint.GetStates => GetStates,
        StacksEndpoint.Finish => Finish,
        StacksEndpoint.Notify => Notify,
        _ => throw new ArgumentOutOfRangeException(nameof(endpoint), endpoint, "not an endpoint of the Stacks API"),
    };
}
