namespace Scheduler.Buildkite;

/// <summary>
/// The Stacks API as one cluster agent token sees it. Safe for concurrent use; one instance per process, since it paces
/// itself to the service's rate limits. All methods throw <see cref="StacksApiException"/> when the service does not do
/// what was asked and <see cref="OperationCanceledException"/> when the caller gave up.
/// </summary>
public interface IStacksApi
{
    /// <summary>Asks whose token this is. One attempt.</summary>
    Task<TokenIdentity> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>Registers the stack, or updates it: may be repeated at will. Five attempts.</summary>
    /// <exception cref="ArgumentException">
    /// The request breaks a documented limit, see <see cref="StackRegistrationRequest.Validate"/>.
    /// </exception>
    Task<IStack> RegisterAsync(StackRegistrationRequest request, CancellationToken cancellationToken);

    /// <summary>The calls of a stack that is already registered, without registering it again.</summary>
    IStack Open(StackRegistration registration);
}
