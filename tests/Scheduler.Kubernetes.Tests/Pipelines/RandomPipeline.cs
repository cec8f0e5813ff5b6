using CsCheck;

namespace Scheduler.Kubernetes.Tests.Pipelines;

/// <summary>Pipelines in YAML's flow style, some of them broken, made of what pipelines are made of.</summary>
internal static class RandomPipeline
{
    private static readonly Gen<string> Word = Gen.OneOf(
        "steps", "plugins", "group", "command", "kubernetes", "podSpec", "podSpecPatch", "containers", "image", "env", "name", "value", "sidecars",
        "volumeMounts", "resources", "limits", "cpu", "$CPU", "5", "yes", "null", "a.b[0]", "\"\"", "&a", "*a", "<<", "$patch", "}", "checkout", "wait");

    private static readonly Gen<string> Any = Gen.Recursive<string>((depth, inner) => depth > 6
        ? Word
        : Gen.Frequency(
            (1, Word),
            (3, inner.List[0, 3].Select(items => $"[{string.Join(", ", items)}]")),
            (5, Gen.Select(Word, inner).List[0, 3].Select(members => $"{{{string.Join(", ", members.Select(member => $"{member.Item1}: {member.Item2}"))}}}"))));

    private static readonly Gen<string> Plugin = Any.Select(any => $"steps: [{{plugins: [kubernetes: {any}]}}]");

    public static Gen<string> Text { get; } = Gen.OneOf(Any, Plugin, Any.Select(any => $"steps: [{any}]"), Gen.String);
}
