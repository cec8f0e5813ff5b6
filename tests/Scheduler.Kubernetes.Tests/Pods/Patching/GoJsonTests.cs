using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s.Models;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Pods.Patching;

namespace Scheduler.Kubernetes.Tests.Pods.Patching;

/// <summary>What a patch says once the typed model has been through it (pod-building.md §13.1).</summary>
public sealed class GoJsonTests
{
    [Theory]
    [InlineData("{}", """{"containers":[]}""")]
    [InlineData("""{"hostname":"","hostNetwork":false,"tolerations":[],"nodeSelector":{}}""", """{"containers":[]}""")]
    [InlineData(
        """{"automountServiceAccountToken":false,"priority":0,"terminationGracePeriodSeconds":0,"runtimeClassName":""}""",
        """{"automountServiceAccountToken":false,"containers":[],"priority":0,"runtimeClassName":"","terminationGracePeriodSeconds":0}""")]
    [InlineData("""{"securityContext":{"runAsUser":0,"runAsNonRoot":false}}""", """{"containers":[],"securityContext":{"runAsNonRoot":false,"runAsUser":0}}""")]
    [InlineData("""{"topologySpreadConstraints":[{"topologyKey":"z","minDomains":2}]}""",
        """{"containers":[],"topologySpreadConstraints":[{"maxSkew":0,"minDomains":2,"topologyKey":"z","whenUnsatisfiable":""}]}""")]
    [InlineData("""{"nodeSelector":{"$patch":"replace","a":null}}""", """{"containers":[],"nodeSelector":{"$patch":"replace","a":""}}""")]
    [InlineData("""{"affinity":{"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{}]}}}""",
        """{"affinity":{"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"preference":{},"weight":0}]}},"containers":[]}""")]
    [InlineData("""{"tolerations":[{"key":"","value":"v","tolerationSeconds":0}]}""", """{"containers":[],"tolerations":[{"tolerationSeconds":0,"value":"v"}]}""")]
    public void PodSpecsAreWrittenAsGoWritesThem(string given, string written) => AssertWritten(given, written);

    [Theory]
    [InlineData("""{"tty":false,"stdin":false,"image":"","workingDir":""}""", """{"name":""}""")]
    [InlineData("""{"livenessProbe":{"httpGet":{"path":"/b"},"periodSeconds":0}}""", """{"livenessProbe":{"httpGet":{"path":"/b","port":0}},"name":""}""")]
    [InlineData("""{"livenessProbe":{"grpc":{"port":2}}}""", """{"livenessProbe":{"grpc":{"port":2,"service":null}},"name":""}""")]
    [InlineData("""{"volumeMounts":[{"name":"x","readOnly":false,"subPath":""}]}""", """{"name":"","volumeMounts":[{"mountPath":"","name":"x"}]}""")]
    [InlineData("""{"env":[{"name":"A","value":""},{"name":"B","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu"}}}]}""",
        """{"env":[{"name":"A"},{"name":"B","valueFrom":{"resourceFieldRef":{"divisor":"0","resource":"limits.cpu"}}}],"name":""}""")]
    [InlineData("""{"env":[{"name":"A","valueFrom":{"secretKeyRef":{"optional":false}}}]}""",
        """{"env":[{"name":"A","valueFrom":{"secretKeyRef":{"key":"","optional":false}}}],"name":""}""")]
    [InlineData("""{"command":["a",null],"ports":[null]}""", """{"command":["a",""],"name":"","ports":[{"containerPort":0}]}""")]
    [InlineData("""{"resources":{"limits":{"cpu":1,"memory":"1024Mi"},"requests":{"cpu":0.5,"memory":"1.5Gi"}}}""",
        """{"name":"","resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"500m","memory":"1536Mi"}}}""")]
    public void ContainersAreWrittenAsGoWritesThem(string given, string written) =>
        AssertWritten($$"""{"containers":[{{given}}]}""", $$"""{"containers":[{{written}}]}""");

    [Theory]
    [InlineData("""{"emptyDir":{}}""", """{"emptyDir":{},"name":""}""")]
    [InlineData("""{"emptyDir":{"medium":"","sizeLimit":"0Mi"}}""", """{"emptyDir":{"sizeLimit":"0"},"name":""}""")]
    [InlineData("""{"projected":{"defaultMode":256}}""", """{"name":"","projected":{"defaultMode":256,"sources":null}}""")]
    [InlineData("""{"csi":{"readOnly":false},"nfs":{"readOnly":false}}""", """{"csi":{"driver":"","readOnly":false},"name":"","nfs":{"path":"","server":""}}""")]
    [InlineData("""{"ephemeral":{"volumeClaimTemplate":{}}}""", """{"ephemeral":{"volumeClaimTemplate":{"spec":{}}},"name":""}""")]
    [InlineData("""{"ephemeral":{"volumeClaimTemplate":{"spec":{"dataSource":{"kind":"k"},"storageClassName":""}}}}""",
        """{"ephemeral":{"volumeClaimTemplate":{"spec":{"dataSource":{"apiGroup":null,"kind":"k","name":""},"storageClassName":""}}},"name":""}""")]
    public void VolumesAreWrittenAsGoWritesThem(string given, string written) =>
        AssertWritten($$"""{"volumes":[{{given}}]}""", $$"""{"containers":[],"volumes":[{{written}}]}""");

    [Fact]
    public void TheRulesNameOnlyFieldsThatExist()
    {
        foreach (var (type, rules) in GoFieldRules.All)
        {
            var names = type.GetProperties().Select(p => p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name).ToHashSet();
            Assert.All(rules.Required.Concat(rules.Pointers), name => Assert.True(names.Contains(name), $"{type.Name}.{name}"));
        }
    }

    /// <summary>The .NET model marks nothing as required but by value types that cannot be null; those must be in the rules.</summary>
    [Fact]
    public void NumbersThatCannotBeNullAreRequired()
    {
        foreach (var type in ModelsOf(typeof(V1PodSpec), []).Where(type => type != typeof(V1EvictionResponder)))
        {
            var numbers = type.GetProperties()
                .Where(p => p.PropertyType.IsValueType && Nullable.GetUnderlyingType(p.PropertyType) is null)
                .Select(p => p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name)
                .Where(name => name is not null);
            Assert.All(numbers, name => Assert.True(GoFieldRules.For(type).Required.Contains(name!), $"{type.Name}.{name}"));
        }
    }

    private static HashSet<Type> ModelsOf(Type type, HashSet<Type> seen)
    {
        if (type == typeof(ResourceQuantity) || type == typeof(IntOrString) || !seen.Add(type))
        {
            return seen;
        }

        foreach (var property in type.GetProperties())
        {
            var inner = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[^1] : property.PropertyType;
            if (inner.Namespace == type.Namespace && inner.IsClass)
            {
                ModelsOf(inner, seen);
            }
        }

        return seen;
    }

    private static void AssertWritten(string given, string expected)
    {
        var spec = FragmentReader.Read<V1PodSpec>(JsonNode.Parse(given), "", FragmentMode.Strict);
        Assert.Empty(spec.Errors);
        Assert.Equal(expected, GoJson.Write(spec.Value!).ToJsonString());
    }
}
