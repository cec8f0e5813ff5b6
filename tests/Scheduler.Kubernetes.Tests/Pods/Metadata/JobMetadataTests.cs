using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Naming;

namespace Scheduler.Kubernetes.Tests.Pods.Metadata;

public sealed class JobMetadataTests
{
    private static readonly Given Ordinary = new Given { Rules = ["queue=kubernetes"] }
        .WithEnv("BUILDKITE_BUILD_URL", "https://buildkite.com/acme/app/builds/1")
        .WithEnv("BUILDKITE_BRANCH", "main")
        .WithEnv("BUILDKITE_STEP_KEY", "test");

    [Fact]
    public void NameLabelsAndAnnotationsTellTheJob()
    {
        var job = Ordinary.Build();

        Assert.Equal("buildkite-" + Given.Uuid, job.Metadata.Name);
        Assert.Null(job.Metadata.NamespaceProperty);
        Assert.Equal([new("buildkite.com/job-uuid", Given.Uuid), new("tag.buildkite.com/queue", "kubernetes")], job.Metadata.Labels);
        Assert.Equal(
            [
                new("buildkite.com/build-branch", "main"),
                new("buildkite.com/build-repo", ""),
                new("buildkite.com/build-url", "https://buildkite.com/acme/app/builds/1"),
                new("buildkite.com/job-priority", "3"),
                new("buildkite.com/job-url", "https://buildkite.com/acme/app/builds/1#" + Given.Uuid),
                new("buildkite.com/pipeline-slug", ""),
                new("buildkite.com/step-key", "test"),
                new("cluster-autoscaler.kubernetes.io/safe-to-evict", "false"),
            ],
            job.Metadata.Annotations);
        Assert.Equal(job.Metadata.Labels, job.Spec.Template.Metadata.Labels);
        Assert.Equal(job.Metadata.Annotations, job.Spec.Template.Metadata.Annotations);
        Assert.Null(job.Spec.Template.Metadata.Name);
    }

    [Fact]
    public void DefaultsGiveWayToThePluginAndBothToTheBuild()
    {
        var job = (Ordinary with
        {
            Config = """
                id: east
                default-metadata:
                  labels: {team: a, part: ci, buildkite.com/job-uuid: x}
                  annotations: {cluster-autoscaler.kubernetes.io/safe-to-evict: "true", note: a}
                """,
            Plugin = """{"metadata":{"labels":{"team":"b"},"annotations":{"buildkite.com/step-key":"mine","note":"b"}}}""",
        }).Build();

        foreach (var meta in new[] { job.Metadata, job.Spec.Template.Metadata })
        {
            Assert.Equal(("b", "ci", Given.Uuid, "east"),
                (meta.Labels["team"], meta.Labels["part"], meta.Labels["buildkite.com/job-uuid"], meta.Labels["buildkite.com/controller-id"]));
            Assert.Equal(("true", "b", "test"),
                (meta.Annotations["cluster-autoscaler.kubernetes.io/safe-to-evict"], meta.Annotations["note"], meta.Annotations["buildkite.com/step-key"]));
        }
    }

    [Fact]
    public void OurKeysComeFromNoConfigurationAndNoPlugin()
    {
        const string Forged = """
            {"buildkite.com/job-uuid":"00000000-0000-0000-0000-000000000001","buildkite.com/controller-id":"elsewhere",
             "scheduler.buildkite.com/node":"true","scheduler.buildkite.com/grant":"9/9","Buildkite.com/Controller-Id":"kept"}
            """;
        var built = (Ordinary with
        {
            Config = "default-metadata: {labels: " + Forged + ", annotations: " + Forged + "}",
            Plugin = $$$"""{"metadata":{"labels":{{{Forged}}},"annotations":{{{Forged}}}}}""",
            Grant = new GrantId(new Epoch(7), 12),
        }).Built();

        var (job, pod) = (built.Job.Metadata, built.Job.Spec.Template.Metadata);
        Assert.All([job.Labels, pod.Labels], labels => Assert.Equal(
            ["Buildkite.com/Controller-Id", "buildkite.com/job-uuid", "tag.buildkite.com/queue"], labels.Keys));
        Assert.All([job.Labels, pod.Labels], labels => Assert.Equal(Given.Uuid, labels["buildkite.com/job-uuid"]));
        Assert.Equal("7/12", job.Annotations["scheduler.buildkite.com/grant"]);
        Assert.DoesNotContain(pod.Annotations.Keys, ReservedKeys.Contains);
        Assert.DoesNotContain("buildkite.com/controller-id", job.Annotations.Keys);
        Assert.Equal(
            8,
            built.Warnings.Count(warning => warning.EndsWith("has no effect: this key is set by the controller alone", StringComparison.Ordinal)));
    }

    [Fact]
    public void OfAPodTemplateOnlyTheSpecIsTaken()
    {
        var labels = new Dictionary<string, string> { ["scheduler.buildkite.com/node"] = "true", ["buildkite.com/controller-id"] = "elsewhere" };
        var template = new V1PodTemplate
        {
            Metadata = new V1ObjectMeta { Labels = labels, Annotations = labels },
            Template = new V1PodTemplateSpec { Metadata = new V1ObjectMeta { Labels = labels, Annotations = labels }, Spec = new V1PodSpec() },
        };
        var job = (Ordinary with { Plugin = """{"podTemplate":"t"}""", PodTemplate = template }).Build();

        foreach (var meta in new[] { job.Metadata, job.Spec.Template.Metadata })
        {
            Assert.Equal(["buildkite.com/job-uuid", "tag.buildkite.com/queue"], meta.Labels.Keys);
            Assert.DoesNotContain(meta.Annotations.Keys, ReservedKeys.Contains);
        }
    }

    [Fact]
    public void ABuildUrlThatIsNoneLeavesTheLinkOut()
    {
        var built = Ordinary.WithEnv("BUILDKITE_BUILD_URL", "https://x/%zz").Built();

        Assert.DoesNotContain("buildkite.com/job-url", built.Job.Metadata.Annotations.Keys);
        Assert.Equal("https://x/%zz", built.Job.Metadata.Annotations["buildkite.com/build-url"]);
        Assert.Contains(built.Warnings, warning => warning.Contains("BUILDKITE_BUILD_URL", StringComparison.Ordinal));
    }

    [Fact]
    public void TheTemplatesNameIsAnnotatedOnlyWhenItIsUsed()
    {
        const string Key = "buildkite.com/pod-template-name";
        var template = new V1PodTemplate { Template = new V1PodTemplateSpec { Spec = new V1PodSpec { ServiceAccountName = "ci" } } };
        var used = new Given { Plugin = """{"podTemplate":"t"}""", PodTemplate = template }.Build();
        var unused = new Given { Plugin = """{"podTemplate":"t","podSpec":{}}""", PodTemplate = template }.Build();

        Assert.Equal("t", used.Metadata.Annotations[Key]);
        Assert.Equal("t", used.Spec.Template.Metadata.Annotations[Key]);
        Assert.Equal("ci", used.Spec.Template.Spec.ServiceAccountName);
        Assert.DoesNotContain(Key, unused.Metadata.Annotations.Keys);
        Assert.Null(unused.Spec.Template.Spec.ServiceAccountName);
    }

    [Fact]
    public void ATemplateThatIsNotThereFailsTheJob()
    {
        Assert.Equal(
            "Error fetching podTemplate \"gone\": podtemplates \"gone\" not found",
            new Given { Plugin = """{"podTemplate":"gone"}""" }.Refusal());
    }

    [Fact]
    public void SidecarsAreAnnotated()
    {
        var annotations = new Given { Plugin = """{"sidecars":[{"name":"db","image":"a"},{"image":"b"}]}""" }.Build().Metadata.Annotations;

        Assert.Equal(("db", "sidecar-1"), (annotations["buildkite.com/sidecar-0"], annotations["buildkite.com/sidecar-1"]));
    }

    [Fact]
    public void TheGrantIsAnnotatedOnTheJobAlone()
    {
        var job = new Given { Grant = new GrantId(new Epoch(7), 12) }.Build();

        Assert.Equal("7/12", job.Metadata.Annotations["scheduler.buildkite.com/grant"]);
        Assert.DoesNotContain("scheduler.buildkite.com/grant", job.Spec.Template.Metadata.Annotations.Keys);
    }

    [Theory]
    [InlineData("", null, 600, 21600)]
    [InlineData("job-ttl: 1m30s999ms\njob-active-deadline-seconds: 100", null, 90, 100)]
    [InlineData("job-active-deadline-seconds: 100", "900", 600, 900)]
    [InlineData("job-active-deadline-seconds: 100", "0", 600, 100)]
    [InlineData("job-active-deadline-seconds: 100", "-5", 600, 100)]
    public void TimesComeFromTheConfigurationAndThePlugin(string config, string? deadline, int ttl, long expected)
    {
        var job = new Given { Config = config, Plugin = deadline is null ? null : $$"""{"jobActiveDeadlineSeconds":{{deadline}}}""" }.Build();

        Assert.Equal((ttl, expected, 0), (job.Spec.TtlSecondsAfterFinished, job.Spec.ActiveDeadlineSeconds, job.Spec.BackoffLimit));
    }
}
