using System.Text.Json.Nodes;
using CsCheck;
using k8s.Models;
using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Configuration.Yaml;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Tests.Configuration;

/// <summary>Whatever is thrown at the readers, they answer.</summary>
public class RandomInputTests
{
    private static readonly string[] Words =
    [
        "name", "containers", "env", "value", "image", "resources", "limits", "cpu", "volumes", "secret", "nodeSelector", "ports", "livenessProbe", "httpGet",
        "port", "ephemeral", "volumeClaimTemplate", "metadata", "managedFields", "fieldsV1", "time", "creationTimestamp", "labels", "securityContext",
        "runAsUser", "agent-config", "additional-hooks", "path", "volume", "default-checkout-params", "gitMirrors", "lockTimeout", "pod-spec-patch",
        "resource-classes", "tags", "job-ttl", "max-in-flight", "interposer", "default-command-params", "NAME", "a.b/c", "", "$patch", "<<", "日本",
    ];

    private static readonly Gen<string> Scalar = Gen.OneOf(
        Gen.OneOf(
            "", "~", "yes", "1", "0", "-1", "1.5", "1e3", "1e400", "0755", "0x", "9999999999999999999", "text", "5m", "1Gi", "vector", "*x", "&x 1", "!!int x",
            "!!binary aGk=", "!foo y", "'q", "\"\\ud800\"", "2026-01-31T12:00:00Z", ".nan", "<<", "- a", "? b", "%", "@", "`", "\t", "\0", "\ud800"),
        Gen.String[0, 8]);

    private static readonly Gen<string> Tree = Gen.Recursive<string>((depth, self) => depth > 5
        ? Scalar
        : Gen.Frequency(
            (2, Scalar),
            (2, Gen.Select(Gen.OneOf(Words), self).Array[0, 5].Select(pairs => $"{{{string.Join(", ", pairs.Select(p => $"{p.Item1}: {p.Item2}"))}}}")),
            (1, self.Array[0, 4].Select(items => $"[{string.Join(", ", items)}]"))));

    [Fact]
    public void NoTextMakesTheLoaderThrow() => Gen.Select(Gen.OneOf(Words), Tree).Array[0, 6]
        .Select(pairs => string.Join('\n', pairs.Select(pair => $"{pair.Item1}: {pair.Item2}")))
        .Sample(text => Consistent(Configured.Load(text)), iter: 3000);

    [Fact]
    public void NoNoiseMakesTheYamlReaderThrow() => Gen.String[Gen.Char["ab:-?[]{},&*!|>'\"%@`#<~01. \n\t\\"], 0, 60]
        .Sample(text => YamlText.TryRead(text, out _, out var problem) == problem is null, iter: 20_000);

    [Fact]
    public void NoTreeMakesTheFragmentReaderThrow() => Tree.Sample(
        text => !YamlText.TryRead(text, out var root, out _) || All(root), iter: 3000);

    [Fact]
    public void NoFlagOrVariableMakesTheLoaderThrow() =>
        Gen.Select(Gen.OneOf(ConfigurationKeys.All.Where(key => key.Flag is not null).ToArray()), Scalar, Gen.Bool).Sample(
            (key, text, isFlag) => Consistent(isFlag ? Configured.Load(null, null, [$"--{key.Flag}={text}"]) : Configured.Load(null, [$"{key.Variable}={text}"])),
            iter: 3000);

    private static bool Consistent(ConfigurationResult result) =>
        result.Options is null != result.Problems.IsEmpty && result.Problems.All(problem => problem.Problem.Length > 0 && problem.Remedy.Length > 0);

    private static bool All(JsonNode? root) => Reads<V1PodSpec>(root) && Reads<V1Volume>(root) && Reads<AgentConfig>(root) && Reads<CheckoutParams>(root);

    /// <summary>What is wrong is wrong in both modes; only unknown keys differ.</summary>
    private static bool Reads<T>(JsonNode? root)
    {
        var strict = FragmentReader.Read<T>(root, "", FragmentMode.Strict);
        var lenient = FragmentReader.Read<T>(root, "", FragmentMode.Lenient);
        return strict.Errors.Length == lenient.Errors.Length + lenient.Warnings.Length && strict.Errors.All(error => error.Message.Length > 0);
    }
}
