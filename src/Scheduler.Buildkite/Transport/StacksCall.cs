namespace Scheduler.Buildkite.Transport;

/// <summary>One call to be made, perhaps several times.</summary>
/// <param name="Endpoint">Which.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Uri">Absolute.</param>
/// <param name="Body">JSON; null for none.</param>
internal sealed record StacksCall(StacksEndpoint Endpoint, HttpMethod Method, Uri Uri, byte[]? Body = null)
{
    public EndpointRules Rules { get; } = EndpointRules.Of(Endpoint);
}
