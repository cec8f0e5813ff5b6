using System.Collections.Immutable;

namespace Scheduler.Tests.EndToEnd;

/// <summary>A job that cannot succeed.</summary>
/// <param name="Plugin">Body of its kubernetes plugin; annotations tell the sandbox's kubelet what goes wrong.</param>
/// <param name="Told">What its author must read.</param>
internal sealed record FailureCase(string Plugin, params ImmutableArray<string> Told)
{
    /// <summary>What its pipeline's retry rules see.</summary>
    public int ExitStatus { get; init; } = -1;

    /// <summary>By number and name in controller-behaviour.md §20.</summary>
    public static readonly ImmutableSortedDictionary<string, FailureCase> All = new Dictionary<string, FailureCase>
    {
        ["11 PodSpecPatchRejectsPatchingAgentContainerCommand"] = new(
            """
            {"podSpec": {"containers": [{"image": "alpine", "command": ["true"]}]},
             "podSpecPatch": {"containers": [{"name": "agent", "command": ["echo", "i love quito"]}]}}
            """,
            "agent",
            "command"),
        ["25 InvalidPodSpec"] = new(
            """{"podSpec": {"containers": [{"image": "alpine", "command": ["true"], "volumeMounts": [{"name": "this-doesnt-exist", "mountPath": "/x"}]}]}}""",
            "is invalid: ",
            """.volumeMounts[0].name: Not found: "this-doesnt-exist" """),
        ["26 InvalidPodJSON"] = new(
            """{"podSpec": {"containers": [{"image": "alpine", "command": ["true"], "env": [{"name": "A", "value": 1}]}]}}""",
            "failed parsing Kubernetes plugin",
            "podSpec.containers[0].env[0].value",
            "expected a text, found a number"),
        ["27 MissingServiceAccount"] = new(
            """{"podSpec": {"serviceAccountName": "does-not-exist", "containers": [{"image": "alpine", "command": ["true"]}]}}""",
            "without starting a pod",
            "error looking up service account"),
        ["29 ImagePullBackOffFailed"] = new(
            """
            {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "image-pull-failure"}},
             "podSpec": {"containers": [{"image": "buildkite/non-existant-image:latest", "command": ["true"]}]}}
            """,
            "\"buildkite/non-existant-image:latest\"",
            "ImagePullBackOff"),
        ["31 CreateContainerConfigErrorFailed"] = new(
            """
            {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "config-error", "sandbox.scheduler/container": "broken",
              "sandbox.scheduler/message": "configmap \"missing\" not found"}},
             "podSpec": {"initContainers": [{"name": "broken", "image": "alpine", "envFrom": [{"configMapRef": {"name": "missing"}}]}],
              "containers": [{"image": "alpine", "command": ["true"]}]}}
            """,
            "broken",
            "CreateContainerConfigError"),
        ["32 PodPendingTimeoutFailed"] = new(
            """{"podSpec": {"nodeSelector": {"no-node": "has-this"}, "containers": [{"image": "alpine", "command": ["true"]}]}}""",
            "The pod has been in Pending state for 10s",
            "PodScheduled: False"),
        ["33 PullPolicyNeverMissingImage"] = new(
            """
            {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "image-never-pull"}},
             "podSpec": {"containers": [{"image": "buildkite/agent-extreme:never", "imagePullPolicy": "Never", "command": ["true"]}]}}
            """,
            "\"buildkite/agent-extreme:never\"",
            "ErrImageNeverPull"),
        ["34 BrokenInitContainer"] = new(
            """
            {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "init-failure", "sandbox.scheduler/container": "broken-init",
              "sandbox.scheduler/exit-code": "128", "sandbox.scheduler/message": "exec: \"well this isn't going to work\": not found"}},
             "podSpec": {"initContainers": [{"name": "broken-init", "image": "alpine", "command": ["well this isn't going to work"]}],
              "containers": [{"image": "alpine", "command": ["true"]}]}}
            """,
            "The following init containers failed",
            "broken-init",
            "well this isn't going to work")
        { ExitStatus = 128 },
        ["35 InvalidImageRefFormat"] = new(
            """{"podSpec": {"containers": [{"image": "buildkite/agent:latest plus some extra junk", "command": ["true"]}]}}""",
            "invalid reference format",
            "\"buildkite/agent:latest plus some extra junk\"",
            "container-0"),
        ["the agent ends before it takes its job"] = new(
            """
            {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "agent-crash"}},
             "podSpec": {"containers": [{"image": "alpine", "command": ["true"]}]}}
            """,
            "The Kubernetes pod failed before the buildkite-agent acquired the job"),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
