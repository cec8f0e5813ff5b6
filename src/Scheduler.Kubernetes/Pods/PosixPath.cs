namespace Scheduler.Kubernetes.Pods;

/// <summary>Paths inside containers: always with slashes, whatever this program runs on.</summary>
internal static class PosixPath
{
    /// <summary>Resolves <c>.</c>, <c>..</c> and repeated slashes by text alone.</summary>
    public static string Clean(string path)
    {
        var rooted = IsAbsolute(path);
        var kept = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part != ".." || (!rooted && (kept.Count == 0 || kept[^1] == "..")))
            {
                kept.Add(part);
            }
            else if (kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }
        }

        var joined = string.Join('/', kept);
        return rooted ? "/" + joined : joined.Length == 0 ? "." : joined;
    }

    public static string Join(string directory, string name) => Clean(directory + "/" + name);

    public static string Directory(string path) => Clean(path[..(path.LastIndexOf('/') + 1)]);

    public static bool IsAbsolute(string path) => path.StartsWith('/');
}
