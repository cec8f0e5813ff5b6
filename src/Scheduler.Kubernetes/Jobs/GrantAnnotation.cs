using System.Globalization;
using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Jobs;

/// <summary>The annotation that ties a Job to the grant it was created with: <c>epoch/number</c>.</summary>
public static class GrantAnnotation
{
    public static string Format(GrantId grant) => grant.ToString();

    /// <summary>Null for anything that is not such a text.</summary>
    public static GrantId? Parse(string? text)
    {
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return slash > 0
            && long.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            && long.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new GrantId(new Epoch(epoch), number)
            : null;
    }
}
