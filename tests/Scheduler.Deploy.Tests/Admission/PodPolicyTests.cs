using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Deploy.Tests.Helm;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Pods;

namespace Scheduler.Deploy.Tests.Admission;

/// <summary>What <c>admission.pods</c> refuses, and that it refuses nothing else.</summary>
public sealed class PodPolicyTests
{
    private const string Certificate = "ci-agent-stack-k8s-remoting-tls";

    private static readonly V1LocalObjectReference LocalReference = new() { Name = Certificate };

    /// <summary>By the switch that forbids it and the route it takes.</summary>
    private static readonly Dictionary<string, Action<V1PodTemplateSpec>> Forbidden = new()
    {
        ["serviceAccount: name"] = pod => pod.Spec.ServiceAccountName = "ci-agent-stack-k8s-controller",
        ["serviceAccount: deprecated name"] = pod => pod.Spec.ServiceAccount = "ci-agent-stack-k8s-controller",
        ["secrets: env of a container"] = pod => pod.Spec.Containers[^1].Env = [FromSecret(Certificate)],
        ["secrets: env of an init container"] = pod => pod.Spec.InitContainers[0].Env = [FromSecret(Certificate)],
        ["secrets: the token of the management port"] = pod => pod.Spec.Containers[0].Env.Add(FromSecret("changes")),
        ["secrets: envFrom of a container"] = pod => pod.Spec.Containers[0].EnvFrom = [AllOf(Certificate)],
        ["secrets: envFrom of an init container"] = pod => pod.Spec.InitContainers[^1].EnvFrom = [AllOf(Certificate)],
        ["secrets: ephemeral container"] = pod => pod.Spec.EphemeralContainers = [new() { Name = "debug", EnvFrom = [AllOf(Certificate)] }],
        ["secrets: volume"] = pod => Add(pod, new() { Secret = new() { SecretName = Certificate } }),
        ["secrets: projected volume"] = pod => Add(pod, new() { Projected = new() { Sources = [new() { Secret = new() { Name = Certificate } }] } }),
        ["secrets: csi"] = pod => Add(pod, new() { Csi = new() { Driver = "d", NodePublishSecretRef = LocalReference } }),
        ["secrets: flexVolume"] = pod => Add(pod, new() { FlexVolume = new() { Driver = "d", SecretRef = LocalReference } }),
        ["secrets: azureFile"] = pod => Add(pod, new() { AzureFile = new() { SecretName = Certificate, ShareName = "s" } }),
        ["secrets: cephfs"] = pod => Add(pod, new() { Cephfs = new() { Monitors = ["m"], SecretRef = LocalReference } }),
        ["secrets: rbd"] = pod => Add(pod, new() { Rbd = new() { Image = "i", Monitors = ["m"], SecretRef = LocalReference } }),
        ["secrets: iscsi"] = pod => Add(pod, new() { Iscsi = new() { Iqn = "i", TargetPortal = "t", SecretRef = LocalReference } }),
        ["secrets: scaleIO"] = pod => Add(pod, new() { ScaleIO = new() { Gateway = "g", System = "s", SecretRef = LocalReference } }),
        ["secrets: storageos"] = pod => Add(pod, new() { Storageos = new() { SecretRef = LocalReference } }),
        ["secrets: imagePullSecrets"] = pod => pod.Spec.ImagePullSecrets = [LocalReference],
        ["labels: the label of the scheduler's pods"] = pod => pod.Metadata.Labels["scheduler.buildkite.com/node"] = "true",
        ["hostPath: volume"] = pod => Add(pod, new() { HostPath = new() { Path = "/" } }),
        ["hostNamespaces: network"] = pod => pod.Spec.HostNetwork = true,
        ["hostNamespaces: processes"] = pod => pod.Spec.HostPID = true,
        ["hostNamespaces: memory"] = pod => pod.Spec.HostIPC = true,
        ["privileged: container"] = pod => pod.Spec.Containers[0].SecurityContext = new() { Privileged = true },
        ["privileged: init container"] = pod => pod.Spec.InitContainers[0].SecurityContext = new() { Privileged = true },
    };

    private static readonly Dictionary<string, Action<V1PodTemplateSpec>> Allowed = new()
    {
        ["nothing special"] = _ => { },
        ["another service account"] = pod => pod.Spec.ServiceAccountName = "builds",
        ["other Secrets"] = pod =>
        {
            pod.Spec.Containers[0].EnvFrom = [AllOf("builds"), new() { ConfigMapRef = new() { Name = Certificate } }];
            pod.Spec.Containers[0].Env.Add(new() { Name = "PLAIN", Value = Certificate });
            pod.Spec.ImagePullSecrets = [new() { Name = "registry" }];
            Add(pod, new() { Secret = new() { SecretName = "builds" } });
            Add(pod, new() { Projected = new() { Sources = [new() { ConfigMap = new() { Name = Certificate } }, new() { ServiceAccountToken = new() { Path = "t" } }] } });
            Add(pod, new() { Csi = new() { Driver = "d" } });
        },
        ["its own machine's nothing"] = pod => (pod.Spec.HostNetwork, pod.Spec.HostPID, pod.Spec.HostIPC) = (false, false, false),
        ["unprivileged containers"] = pod => pod.Spec.Containers[0].SecurityContext = new() { Privileged = false, RunAsUser = 0 },
        ["no containers but its own"] = pod => pod.Spec.InitContainers = null,
    };

    public static TheoryData<string> AllForbidden => [.. Forbidden.Keys];

    public static TheoryData<string> AllAllowed => [.. Allowed.Keys];

    [HelmTheory, MemberData(nameof(AllForbidden))]
    public async Task WhatReachesForTheSchedulerOrItsMachineIsRefused(string what)
    {
        var job = Changed(await Cases.RenderAsync("admission"), Forbidden[what]);
        var refusal = (await JudgeAsync("admission: {pods: {enabled: true}}")).Refusal(job);
        Assert.NotNull(refusal);
        Assert.StartsWith("jobs may not ", refusal, StringComparison.Ordinal);
    }

    /// <summary>Who needs hostPath volumes can have them, and keeps the rest.</summary>
    [HelmTheory, MemberData(nameof(AllForbidden))]
    public async Task EachSwitchAllowsOneThing(string what)
    {
        var job = Changed(await Cases.RenderAsync("admission"), Forbidden[what]);
        var judge = await JudgeAsync($"admission: {{pods: {{enabled: true, {what.Split(':')[0]}: false}}}}");
        Assert.Null(judge.Refusal(job));
        Assert.NotNull(judge.Refusal(Changed(await Cases.RenderAsync("admission"), Forbidden.First(other => other.Key.Split(':')[0] != what.Split(':')[0]).Value)));
    }

    [HelmTheory, MemberData(nameof(AllAllowed))]
    public async Task OrdinaryJobsPass(string what) =>
        Assert.Null((await JudgeAsync("admission: {pods: {enabled: true}}")).Refusal(Changed(await Cases.RenderAsync("admission"), Allowed[what])));

    [HelmFact]
    public async Task TheControllerKnowsThePolicyByItsName()
    {
        var rendered = await Cases.RenderAsync("admission");
        var policy = rendered.One<V1ValidatingAdmissionPolicy>(policy => policy.Spec.ParamKind is null);
        Assert.Equal("buildkite.ci-agent-stack-k8s" + PolicyDenial.PodsSuffix, policy.Name());
        Assert.All(policy.Spec.Validations, validation => Assert.Equal("Forbidden", validation.Reason));

        // The authorizer's word, by which a missing permission is told from everything else.
        Assert.All(policy.Spec.Validations, validation => Assert.DoesNotContain(" cannot ", validation.Message, StringComparison.Ordinal));
    }

    private static async Task<PolicyJudge> JudgeAsync(string admission)
    {
        var values = $"{{agentToken: t, image: i, remoting: {{tls: {{enabled: true}}}}, management: {{tokenSecret: changes}}, {admission}}}";
        return new PolicyJudge((await new Release(values).RenderAsync()).One<V1ValidatingAdmissionPolicy>());
    }

    /// <summary>A Job as the controller builds it, with something changed.</summary>
    private static V1Job Changed(Rendered chart, Action<V1PodTemplateSpec> change)
    {
        var builder = new JobBuilder(chart.Configuration().Options!);
        var job = new BuildkiteJob(new JobId(Guid.NewGuid()), "true", new Dictionary<string, string>());
        var built = Assert.IsType<BuildResult.Built>(builder.Build(new BuildInput(job, 0, []))).Job;
        change(built.Spec.Template);
        return built;
    }

    private static void Add(V1PodTemplateSpec pod, V1Volume volume)
    {
        volume.Name = "added";
        pod.Spec.Volumes.Add(volume);
    }

    private static V1EnvVar FromSecret(string name) =>
        new() { Name = "STOLEN", ValueFrom = new() { SecretKeyRef = new() { Name = name, Key = "tls.key" } } };

    private static V1EnvFromSource AllOf(string secret) => new() { SecretRef = new() { Name = secret } };
}
