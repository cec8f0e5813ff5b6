namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>Finds the name somebody meant.</summary>
internal static class NearestName
{
    /// <summary>The known name that differs by the fewest edits, capitals and separators aside; null when none is close.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        if (name.Length > 64)
        {
            return null;
        }

        var wanted = Plain(name);
        var (nearest, fewest) = ((string?)null, Math.Max(1, wanted.Length / 3) + 1);
        foreach (var candidate in known)
        {
            var edits = Edits(wanted, Plain(candidate));
            if (edits < fewest)
            {
                (nearest, fewest) = (candidate, edits);
            }
        }

        return nearest;
    }

    private static string Plain(string name) => string.Concat(name.Where(c => c is not ('-' or '_'))).ToLowerInvariant();

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that make one word of the other.</summary>
    private static int Edits(string from, string to)
    {
        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                table[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(
                        Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                        table[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[from.Length, to.Length];
    }
}
