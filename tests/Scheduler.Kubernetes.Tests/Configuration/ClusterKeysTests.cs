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
}
