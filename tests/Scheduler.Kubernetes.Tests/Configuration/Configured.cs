using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Tests.Configuration;

/// <summary>A configuration put together as the program does it, from texts.</summary>
internal static class Configured
{
    public static ConfigurationResult Load(string? file = null, string[]? environment = null, string[]? flags = null) =>
        ConfigurationLoader.Merge(
            file,
            "config.yaml",
            (environment ?? []).Select(Split).ToDictionary(pair => pair.Name, pair => pair.Value ?? ""),
            (flags ?? []).Select(Split).ToDictionary(pair => pair.Name.TrimStart('-'), pair => pair.Value));

    public static ControllerOptions By(string? file = null, string[]? environment = null, string[]? flags = null)
    {
        var result = Load(file, environment, flags);
        Assert.Empty(result.Problems);
        return result.Options!;
    }

    /// <summary>The one problem.</summary>
    public static ConfigurationProblem Refused(string? file = null, string[]? environment = null, string[]? flags = null)
    {
        var result = Load(file, environment, flags);
        Assert.Null(result.Options);
        return Assert.Single(result.Problems);
    }

    private static (string Name, string? Value) Split(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }
}
