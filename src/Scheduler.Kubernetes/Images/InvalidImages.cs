using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using k8s.Models;
using Scheduler.Core.Text;

namespace Scheduler.Kubernetes.Images;

/// <summary>Collects the containers with bad images, so that the pipeline's author reads of all of them at once.</summary>
internal sealed class InvalidImages
{
    private readonly List<(string Container, string Image, string Error)> _found = [];

    public bool TryParse(V1Container container, [NotNullWhen(true)] out ImageReference? image)
    {
        if (ImageReference.TryParse(container.Image, out image, out var error))
        {
            return true;
        }

        _found.Add((container.Name ?? "", container.Image ?? "", error));
        return false;
    }

    /// <summary>Null when all images are valid.</summary>
    public string? Message => _found.Count switch
    {
        0 => null,
        1 => $"{_found[0].Error} {GoText.Quote(_found[0].Image)} for container {GoText.Quote(_found[0].Container)}",
        _ => "invalid image references\n\n" + BoxTable.Draw(
            ["CONTAINER", "IMAGE REF", "PARSE ERROR"],
            _found.OrderBy(row => row.Container, StringComparer.Ordinal)
                .Select(row => (ImmutableArray<string>)[GoText.Quote(row.Container), GoText.Quote(row.Image), row.Error])),
    };
}
