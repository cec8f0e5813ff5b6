namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>Which values are never shown, whatever is wrong with them.</summary>
internal static class SecretPaths
{
    /// <summary>Values of environment variables and HTTP headers, and whatever is called a token or a password.</summary>
    public static bool Contains(string path)
    {
        var name = path[(path.LastIndexOf('.') + 1)..];
        return name.Equals("value", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("token", StringComparison.OrdinalIgnoreCase)
            || name.Contains("password", StringComparison.OrdinalIgnoreCase);
    }
}
