namespace Scheduler.Kubernetes.Images;

/// <summary>Pull policies are plain texts, as configured; Kubernetes is the one to refuse an unknown one.</summary>
internal static class PullPolicy
{
    public const string Always = "Always";

    public const string IfNotPresent = "IfNotPresent";

    public const string Never = "Never";

    /// <summary>What suits the image when nobody chose: a digest never changes, a tag may.</summary>
    public static string For(ImageReference image) => image.Digest is null ? Always : IfNotPresent;

    /// <summary>The more often a policy pulls, the higher; unknown or unset ones are lowest.</summary>
    public static int Rank(string? policy) => policy switch
    {
        Always => 3,
        IfNotPresent => 2,
        Never => 1,
        _ => 0,
    };

    /// <summary>The first choice that is one.</summary>
    public static string? FirstOf(string? one, string? two, string? three = null) =>
        !string.IsNullOrEmpty(one) ? one : !string.IsNullOrEmpty(two) ? two : string.IsNullOrEmpty(three) ? null : three;
}
