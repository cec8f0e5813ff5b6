namespace Scheduler.Kubernetes.Configuration.Yaml;

/// <summary>A place in a text; line and column count from 1.</summary>
public readonly record struct TextPlace(int Line, int Column)
{
    public static TextPlace Start { get; } = new(1, 1);

    public override string ToString() => FormattableString.Invariant($"{Line}:{Column}");

    internal static TextPlace Of(YamlDotNet.Core.Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}
