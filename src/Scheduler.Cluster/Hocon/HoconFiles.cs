using Akka.Configuration;

namespace Scheduler.Cluster.Hocon;

/// <summary>The files of <c>hocon/</c>, built into this assembly: one per concern, no order among them.</summary>
public static class HoconFiles
{
    private const string Prefix = "hocon/";

    /// <summary>All files as one configuration.</summary>
    /// <exception cref="FormatException">A file is not valid HOCON; the message names it.</exception>
    public static Config Load()
    {
        var assembly = typeof(HoconFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Parse)
            .Aggregate(Config.Empty, (all, file) => file.WithFallback(all));
    }

    private static Config Parse(string name)
    {
        using var stream = typeof(HoconFiles).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        try
        {
            return ConfigurationFactory.ParseString(reader.ReadToEnd());
        }
        catch (Exception error)
        {
            throw new FormatException($"{name} is not valid HOCON", error);
        }
    }
}
