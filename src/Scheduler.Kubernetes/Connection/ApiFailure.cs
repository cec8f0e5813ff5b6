using System.Globalization;
using System.Net;
using k8s.Autorest;

namespace Scheduler.Kubernetes.Connection;

/// <summary>Reads the API server's own words out of a failed call.</summary>
public static class ApiFailure
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    /// <summary>What went wrong, for an operator; a missing permission is named by the rule that would grant it.</summary>
    public static string Describe(HttpOperationException error, string verb, string resource)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Describe(error.Response.StatusCode, ApiStatus.Read(error.Response.Content).Message, $"'{verb}' on '{resource}'");
    }

    internal static async Task<ApiException> ReadAsync(
        HttpResponseMessage response, string verb, ApiResource resource, CancellationToken cancellationToken)
    {
        var status = ApiStatus.Read(await response.Content.ReadAsStringAsync(cancellationToken));
        return From(response.StatusCode, status, RetryAfter(response), verb, resource);
    }

    internal static ApiException From(HttpStatusCode code, ApiStatus status, TimeSpan? retryAfter, string verb, ApiResource resource) =>
        new(Describe(code, status.Message, resource.RuleFor(verb)), code, status.Reason, retryAfter);

    private static string Describe(HttpStatusCode code, string? message, string rule)
    {
        var words = string.IsNullOrEmpty(message) ? string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)code}") : message;
        return code switch
        {
            // Quotas and admission say Forbidden too; only the authorizer says that somebody "cannot" do something.
            HttpStatusCode.Forbidden when message is null || message.Contains(" cannot ", StringComparison.Ordinal) =>
                $"{words} (the controller's Role must allow {rule})",
            HttpStatusCode.Unauthorized =>
                $"{words} (the API server does not accept the controller's credentials, needed for {rule})",
            _ => words,
        };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } delta && delta >= TimeSpan.Zero && delta <= LongestRetryAfter ? delta : null;
}
