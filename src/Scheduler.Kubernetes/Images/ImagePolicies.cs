namespace Scheduler.Kubernetes.Images;

/// <summary>The configured defaults of pull policies; empty = none.</summary>
internal sealed record ImagePolicies(string DefaultPull, string DefaultCheck)
{
    /// <summary>For a container of ours, whose image nobody checks.</summary>
    public string ForUnchecked(ImageReference image) => Default(image);

    /// <summary>For a container that an image check precedes.</summary>
    /// <param name="current">The policy the container has; null or empty = none.</param>
    /// <param name="image">Its image.</param>
    public (string? Check, string Own) ForChecked(string? current, ImageReference image)
    {
        var check = PullPolicy.FirstOf(current, DefaultCheck, Default(image));
        var own = PullPolicy.FirstOf(current, Default(image))!;
        return (check, check == PullPolicy.Always && own == PullPolicy.Always ? PullPolicy.IfNotPresent : own);
    }

    private string Default(ImageReference image) => PullPolicy.FirstOf(DefaultPull, PullPolicy.For(image))!;
}
