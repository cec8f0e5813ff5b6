using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Tests.Configuration;

/// <summary>Keys of the cluster and its leases.</summary>
public sealed class ClusterKeysTests
{
    [Theory]
    [InlineData("lease-duration: 1s\nlease-renew-interval: 200ms\nlease-operation-timeout: 200ms\ntake-timeout: 100ms", "lease-duration")]
    [InlineData("lease-duration: 3s\nlease-renew-interval: 1s\nlease-operation-timeout: 1s\ntake-timeout: 1s", "lease-duration")]
    [InlineData("lease-duration: 11m", "lease-duration")]
    [InlineData("lease-renew-interval: 4s\ntake-timeout: 1s", "lease-renew-interval")]
    [InlineData("lease-renew-interval: 0s", "lease-renew-interval")]
    [InlineData("lease-operation-timeout: 4s", "lease-operation-timeout")]
    [InlineData("lease-duration: 4500ms", "take-timeout")]
    [InlineData("cluster-host: a\ncluster-seeds: a", "cluster-seeds")]
    [InlineData("cluster-host: a\ncluster-seeds: 'a:4053,:4053'", "cluster-seeds")]
    [InlineData("cluster-host: a\ncluster-seeds: 'a:70000'", "cluster-seeds")]
    [InlineData("cluster-seeds: 'a:4053'", "cluster-host")]
    [InlineData("cluster-pod-selector: app=scheduler", "cluster-host")]
    [InlineData("cluster-port: 70000", "cluster-port")]
    [InlineData("cluster-namespace: No_Name", "cluster-namespace")]
    [InlineData("cluster-tls-cert-file: /a\ncluster-tls-key-file: /b", "cluster-tls-ca-file")]
    [InlineData("cluster-tls: maybe", "cluster-tls")]
    [InlineData("cluster-tls: none\ncluster-tls-cert-file: /a\ncluster-tls-key-file: /b\ncluster-tls-ca-file: /c", "cluster-tls")]
    [InlineData("cluster-tls-name: '*'", "cluster-tls-name")]
    [InlineData("cluster-tls-name: 'a.*.example'", "cluster-tls-name")]
    [InlineData("cluster-tls-name: 'good.example, bad name'", "cluster-tls-name")]
    [InlineData("cluster-tls-secret: No_Name", "cluster-tls-secret")]
    [InlineData("cluster-host: a\ncluster-pod-selector: a=b\ncluster-tls-cert-file: /a\ncluster-tls-key-file: /b\ncluster-tls-ca-file: /c", "cluster-tls-name")]
    public void WhatDoesNotFitTogetherIsNamedWithARemedy(string file, string key)
    {
        var problem = Configured.Refused(file);

        Assert.Equal(key, problem.Key);
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public void TheVariablesOfAStatefulSetMakeAClusterMember()
    {
        var options = Configured.By(environment:
        [
            "CLUSTER_HOST=scheduler-0.scheduler", "CLUSTER_SEEDS=scheduler-0.scheduler:4053,scheduler-1.scheduler:4053",
            "CLUSTER_POD_SELECTOR=app=scheduler", "LEASE_DURATION=15s",
        ]);

        Assert.Equal(
            ("scheduler-0.scheduler", "app=scheduler", TimeSpan.FromSeconds(15)),
            (options.ClusterHost, options.ClusterPodSelector, options.LeaseDuration));
    }

    [Theory]
    [InlineData("", NodeTls.None)]
    [InlineData("cluster-bind-host: 127.0.0.5", NodeTls.None)]
    [InlineData("cluster-bind-host: localhost", NodeTls.None)]
    [InlineData("cluster-bind-host: 0.0.0.0", NodeTls.Secret)]
    [InlineData("cluster-bind-host: '::'", NodeTls.Secret)]
    [InlineData("cluster-host: a\ncluster-seeds: a:4053", NodeTls.Secret)]
    [InlineData("cluster-host: a\ncluster-pod-selector: app=a", NodeTls.Secret)]
    [InlineData("cluster-host: a\ncluster-seeds: a:4053\ncluster-tls: none", NodeTls.None)]
    [InlineData("cluster-host: a\ncluster-seeds: a:4053\ncluster-tls-cert-file: /a\ncluster-tls-key-file: /b\ncluster-tls-ca-file: /c", NodeTls.Files)]
    public void WhereverThereMayBeOtherNodesThereIsTls(string file, NodeTls expected) => Assert.Equal(expected, Configured.By(file).NodeTls());

    [Theory]
    [InlineData("cluster-host: a\ncluster-seeds: a:4053")]
    [InlineData("cluster-host: a\ncluster-pod-selector: app=a")]
    [InlineData("cluster-bind-host: 0.0.0.0")]
    public void SeveralNodesWithoutTlsAreWarnedOf(string file)
    {
        Assert.Empty(Configured.Load(file).Warnings);
        var warning = Assert.Single(Configured.Load($"{file}\ncluster-tls: none").Warnings);
        Assert.Equal("cluster-tls", warning.Key);
        Assert.NotEmpty(warning.Remedy);
    }

    [Fact]
    public void ASingleNodeWithoutTlsIsNotWarnedOf() => Assert.Empty(Configured.Load("cluster-tls: none").Warnings);
}
