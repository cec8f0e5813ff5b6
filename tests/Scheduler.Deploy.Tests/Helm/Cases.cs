using System.Collections.Concurrent;

namespace Scheduler.Deploy.Tests.Helm;

/// <summary>Values files of <c>cases/</c>; adding one needs no code.</summary>
internal static class Cases
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "cases");
    private static readonly ConcurrentDictionary<string, Task<Rendered>> Results = new();

    public static IEnumerable<string> Names { get; } =
        Directory.EnumerateFiles(Folder, "*.yaml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).ToArray()!;

    public static Release Read(string name) => new(File.ReadAllText(Path.Combine(Folder, name + ".yaml")));

    /// <summary>Rendered once, looked at by many tests.</summary>
    public static Task<Rendered> RenderAsync(string name) => Results.GetOrAdd(name, _ => Read(name).RenderAsync());
}
