using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary>
/// The controller's configuration, merged and validated (configuration.md §7). Each property stands for the key of the same
/// name in kebab case; the defaults are the original's. Nobody changes the Kubernetes models it holds. Durations are as configured:
/// what a value of 0 or less acts as is up to who uses it.
/// </summary>
[KebabCaseKeys]
public sealed record ControllerOptions
{
    /// <summary>There may be other nodes of this controller.</summary>
    public bool HasPeers() => ClusterSeeds.Length > 0 || ClusterPodSelector.Length > 0;

    /// <summary>Other nodes could not tell where this one is.</summary>
    public bool LacksHost() => HasPeers() && ClusterHost.Length == 0;

    [Setting(ConfigurationSection.Jobs, "namespace where Jobs are created and watched, the token Secret and PodTemplates are read")]
    public string Namespace { get; init; } = "default";

    [Setting(ConfigurationSection.Jobs, "a Job's name is this and the Buildkite job's UUID")]
    public string JobPrefix { get; init; } = "buildkite-";

    [Setting(ConfigurationSection.Jobs, "how long a finished Job is kept; whole seconds")]
    public TimeSpan JobTtl { get; init; } = TimeSpan.FromMinutes(10);

    [Setting(ConfigurationSection.Jobs, "seconds after which Kubernetes ends a Job; a step can set its own")]
    public int JobActiveDeadlineSeconds { get; init; } = 21_600;

    [Setting(ConfigurationSection.Pods, "seconds a pod has to end when its pod spec does not say")]
    public int DefaultTerminationGracePeriodSeconds { get; init; } = 60;

    [Setting(ConfigurationSection.Images, "agent image; also of the containers the controller adds and of steps without a pod spec")]
    public string Image { get; init; } = "ghcr.io/buildkite/agent:3.136.2";

    [Setting(ConfigurationSection.Images, "pull policy of containers without one: Always, IfNotPresent or Never")]
    public string DefaultImagePullPolicy { get; init; } = "";

    [Setting(ConfigurationSection.Images, "pull policy of the image checks of containers without one")]
    public string DefaultImageCheckPullPolicy { get; init; } = "";

    [Setting(ConfigurationSection.Images, "do not check first that every image can be pulled")]
    public bool SkipImageCheckContainers { get; init; }

    [Setting(ConfigurationSection.Images, "CPU limit of the image checks; they request 100m")]
    public string ImageCheckContainerCpuLimit { get; init; } = "200m";

    [Setting(ConfigurationSection.Images, "memory limit of the image checks; they request 64Mi")]
    public string ImageCheckContainerMemoryLimit { get; init; } = "128Mi";

    [Setting(ConfigurationSection.Pods, "Kubernetes Volume mounted at /workspace; an emptyDir if absent")]
    public V1Volume? WorkspaceVolume { get; init; }

    [Setting(ConfigurationSection.Pods, "subPathExpr of every mount of the workspace", FileOnly = true)]
    public string WorkspaceMountSubPathExpr { get; init; } = "";

    [Setting(ConfigurationSection.Pods, "patterns of variables whose values the agent hides in logs, beside its own", FileOnly = true)]
    public ImmutableArray<string> AdditionalRedactedVars { get; init; } = [];

    [Setting(ConfigurationSection.Pods, "labels and annotations of every Job and pod")]
    public MetadataParams? DefaultMetadata { get; init; }

    [Setting(ConfigurationSection.Pods, "Kubernetes PodSpec laid over every pod as a strategic merge patch")]
    public V1PodSpec? PodSpecPatch { get; init; }

    [Setting(ConfigurationSection.Pods, "options of the agent in every pod")]
    public AgentConfig? AgentConfig { get; init; }

    [Setting(ConfigurationSection.Pods, "options of the checkout container")]
    public CheckoutParams? DefaultCheckoutParams { get; init; }

    [Setting(ConfigurationSection.Pods, "options of the command containers")]
    public CommandParams? DefaultCommandParams { get; init; }

    [Setting(ConfigurationSection.Pods, "options of the sidecar containers")]
    public SidecarParams? DefaultSidecarParams { get; init; }

    /// <summary>Null = none configured; an empty map counts as configured. A class may be null, which changes nothing.</summary>
    [Setting(ConfigurationSection.Pods, "resources and node selectors that steps choose by the tag resource_class")]
    public ImmutableDictionary<string, ResourceClass?>? ResourceClasses { get; init; }

    [Setting(ConfigurationSection.Pods, "resource class of jobs without the tag resource_class", FileOnly = true)]
    public string DefaultResourceClassName { get; init; } = "";

    [Setting(ConfigurationSection.Pods, "fail jobs that use the kubernetes plugin")]
    public bool ProhibitKubernetesPlugin { get; init; }

    [Setting(ConfigurationSection.Pods, "let pod spec patches change the commands of the controller's own containers")]
    public bool AllowPodSpecPatchUnsafeCommandModification { get; init; }

    [Setting(
        ConfigurationSection.Buildkite,
        "name of this controller, unique in the Buildkite organisation: stack key and label buildkite.com/controller-id",
        Variable = "BUILDKITE_K8S_STACK_CONTROLLER_ID")]
    public string Id { get; init; } = "";

    [Setting(ConfigurationSection.Buildkite, "Secret in the namespace whose key BUILDKITE_AGENT_TOKEN holds the agent token")]
    public string AgentTokenSecret { get; init; } = "buildkite-agent-token";

    [Setting(ConfigurationSection.Buildkite, "agent tags offered, as key=value; a job runs if all the tags it asks for match")]
    public ImmutableArray<string> Tags { get; init; } = [];

    [Setting(ConfigurationSection.Buildkite, "queue to serve; wins over the tag queue. Empty: that tag, else the cluster's default queue")]
    public string Queue { get; init; } = "";

    [Setting(ConfigurationSection.Limits, "most Jobs unfinished at once; 0 = unlimited")]
    public int MaxInFlight { get; init; } = 25;

    [Setting(ConfigurationSection.Limits, "most Jobs in creation at once; 0 or less acts as 25")]
    public int JobCreationConcurrency { get; init; } = 25;

    [Setting(ConfigurationSection.Limits, "most waiting jobs remembered; 0 or less acts as 1000000")]
    public int WorkQueueLimit { get; init; } = 1_000_000;

    [Setting(ConfigurationSection.Buildkite, "time between two looks at the queue; less than 1s acts as 1s")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    [Setting(ConfigurationSection.Buildkite, "most time for one HTTP attempt; 0 acts as 60s, a negative one as no limit")]
    public TimeSpan HttpTimeout { get; init; } = TimeSpan.FromSeconds(60);

    [Setting(ConfigurationSection.Buildkite, "jobs asked for per page; 1 to 1000")]
    public int PaginationPageSize { get; init; } = 1000;

    [Setting(ConfigurationSection.Buildkite, "pages read per poll; 1 to 20")]
    public int PaginationDepthLimit { get; init; } = 2;

    [Setting(ConfigurationSection.Compatibility, "accepted, without effect")]
    public TimeSpan QueryResetInterval { get; init; } = TimeSpan.FromSeconds(10);

    [Setting(ConfigurationSection.Compatibility, "accepted, without effect")]
    public bool EnableQueuePause { get; init; }

    [Setting(ConfigurationSection.Buildkite, "seconds a job stays reserved once its Job exists; at most 3600; 0 leaves it to Buildkite")]
    public int ReservationExpirySeconds { get; init; }

    [Setting(ConfigurationSection.Pods, "end a pod's sidecars once its agent has ended")]
    public bool EnableCompletionWatcher { get; init; } = true;

    [Setting(ConfigurationSection.Pods, "how long an image may fail to be pulled before the job is failed; 0 or less acts as 30s")]
    public TimeSpan ImagePullBackoffGracePeriod { get; init; } = TimeSpan.FromSeconds(30);

    [Setting(ConfigurationSection.Pods, "how long a pod may be pending before the job is failed; 0 or less acts as 15m")]
    public TimeSpan PodPendingTimeout { get; init; } = TimeSpan.FromMinutes(15);

    [Setting(ConfigurationSection.Pods, "how long a Job may be without a pod before it counts as stalled")]
    public TimeSpan EmptyJobGracePeriod { get; init; } = TimeSpan.FromSeconds(30);

    [Setting(ConfigurationSection.Buildkite, "time between two questions whether a job was cancelled; 0 or less acts as 5s")]
    public TimeSpan JobCancelCheckerPollInterval { get; init; } = TimeSpan.FromSeconds(5);

    [Setting(ConfigurationSection.Kubernetes, "calls a second to Kubernetes; 0 acts as 5, a negative number as no limit")]
    public int K8sClientRateLimiterQps { get; init; } = -1;

    [Setting(ConfigurationSection.Kubernetes, "calls to Kubernetes that may follow each other at once")]
    public int K8sClientRateLimiterBurst { get; init; } = 20;

    [Setting(ConfigurationSection.Observability, "port of the metrics; 0 = none")]
    public int PrometheusPort { get; init; }

    [Setting(ConfigurationSection.Compatibility, "accepted, without effect; must be host:port or empty")]
    public string ProfilerAddress { get; init; } = "";

    [Setting(ConfigurationSection.Observability, "logfmt or json")]
    public string LogFormat { get; init; } = "logfmt";

    [Setting(ConfigurationSection.Observability, "debug, info, warn or error")]
    public string LogLevel { get; init; } = "info";

    [Setting(ConfigurationSection.Observability, "log level debug, whatever log-level says")]
    public bool Debug { get; init; }

    [Setting(ConfigurationSection.Observability, "no colours in the log")]
    public bool NoColor { get; init; }

    [Setting(ConfigurationSection.Observability, "log Buildkite's requests and answers in full, at level debug; job environments may hold secrets")]
    public bool LogHttpPayloads { get; init; }

    [Setting(ConfigurationSection.Observability, "port of health, cluster and limiter over HTTP; 0 = none", Ours = true)]
    public int ManagementPort { get; init; } = 8558;

    [Setting(ConfigurationSection.Observability, "IP address that management-port and prometheus-port listen on; empty = all", Ours = true)]
    public string ManagementHost { get; init; } = "";

    [Setting(ConfigurationSection.Observability, "bearer token that may change the cluster by HTTP; empty: management-token-file", Ours = true, Secret = true)]
    public string ManagementToken { get; init; } = "";

    [Setting(ConfigurationSection.Observability, "file with the token of management-token; empty and no token: HTTP is read-only", Ours = true)]
    public string ManagementTokenFile { get; init; } = "";

    [Setting(
        ConfigurationSection.Observability,
        "bearer token that may read by HTTP, as management-token may; empty: management-read-token-file",
        Ours = true,
        Secret = true)]
    public string ManagementReadToken { get; init; } = "";

    [Setting(
        ConfigurationSection.Observability,
        "file with the token of management-read-token; empty and no token: everybody who reaches the port may read",
        Ours = true)]
    public string ManagementReadTokenFile { get; init; } = "";

    [Setting(
        ConfigurationSection.Compatibility,
        "accepted, without effect",
        Flag = "buildkite-token",
        Variable = "INTEGRATION_TEST_BUILDKITE_TOKEN",
        Hidden = true,
        Secret = true)]
    public string IntegrationTestBuildkiteToken { get; init; } = "";

    [Setting(ConfigurationSection.Compatibility, "accepted, without effect", Flag = "graph-ql-endpoint", Hidden = true)]
    public string GraphqlEndpoint { get; init; } = "";

    [Setting(ConfigurationSection.Limits, "how long a waiting job asks for a token before it asks again", Ours = true)]
    public TimeSpan TakeTimeout { get; init; } = TimeSpan.FromSeconds(3);

    [Setting(ConfigurationSection.Limits, "how long a token is good for creating its Job; counted from the request for it", Ours = true)]
    public TimeSpan GrantLifetime { get; init; } = TimeSpan.FromSeconds(10);

    [Setting(ConfigurationSection.Buildkite, "how long a job is reserved until its Job exists; whole seconds", Ours = true)]
    public TimeSpan ReservationGrace { get; init; } = TimeSpan.FromSeconds(60);

    [Setting(ConfigurationSection.Pods, "fail jobs whose kubernetes plugin has unknown fields, instead of warning their author", Ours = true)]
    public bool StrictKubernetesPlugin { get; init; }

    [Setting(ConfigurationSection.Cluster, "how long the holder of a lease may be silent before others may take it", Ours = true)]
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(8);

    [Setting(ConfigurationSection.Cluster, "time between two renewals of a lease; less than half of lease-duration", Ours = true)]
    public TimeSpan LeaseRenewInterval { get; init; } = TimeSpan.FromSeconds(1);

    [Setting(ConfigurationSection.Cluster, "most time for one call about a lease; less than half of lease-duration", Ours = true)]
    public TimeSpan LeaseOperationTimeout { get; init; } = TimeSpan.FromSeconds(2);

    [Setting(ConfigurationSection.Cluster, "name or address by which other nodes reach this one; required with cluster-seeds or cluster-pod-selector", Ours = true)]
    public string ClusterHost { get; init; } = "";

    [Setting(ConfigurationSection.Cluster, "port for the other nodes; 0: 4053 if there may be others, else any free one", Ours = true)]
    public int ClusterPort { get; init; }

    [Setting(ConfigurationSection.Cluster, "address to listen on for the other nodes; empty: all if there may be others, else 127.0.0.1", Ours = true)]
    public string ClusterBindHost { get; init; } = "";

    [Setting(ConfigurationSection.Cluster, "the nodes, as host:port,host:port, this one may be among them; empty: found by cluster-pod-selector", Ours = true)]
    public string ClusterSeeds { get; init; } = "";

    [Setting(ConfigurationSection.Cluster, "label selector of the scheduler's own pods, which one StatefulSet or Deployment makes, to find each other and to notice ended ones; empty: neither", Ours = true)]
    public string ClusterPodSelector { get; init; } = "";

    [Setting(ConfigurationSection.Cluster, "namespace of the scheduler's own pods and leases; empty: namespace", Ours = true)]
    public string ClusterNamespace { get; init; } = "";

    /// <summary>Where the scheduler's own pods, leases and the Secret with the nodes' authority are.</summary>
    public string SchedulerNamespace => ClusterNamespace.Length > 0 ? ClusterNamespace : Namespace;

    [Setting(ConfigurationSection.Cluster, "mutual TLS between nodes: auto (wherever there may be others) or none", Ours = true)]
    public string ClusterTls { get; init; } = "auto";

    [Setting(ConfigurationSection.Cluster, "PEM certificate of this node and those up to the authority; empty: the nodes make their own, see cluster-tls-secret", Ours = true)]
    public string ClusterTlsCertFile { get; init; } = "";

    [Setting(ConfigurationSection.Cluster, "PEM private key of cluster-tls-cert-file", Ours = true)]
    public string ClusterTlsKeyFile { get; init; } = "";

    [Setting(ConfigurationSection.Cluster, "PEM certificates of the authority that signs all nodes' certificates", Ours = true)]
    public string ClusterTlsCaFile { get; init; } = "";

    [Setting(ConfigurationSection.Cluster, "names that mark a certificate as a node's, joined by commas; *. stands for one label. Empty: hosts of cluster-seeds", Ours = true)]
    public string ClusterTlsName { get; init; } = "";

    [Setting(ConfigurationSection.Cluster, "Secret with the nodes' own authority; they make it. Empty: agent-stack-k8s[-id]-remoting-tls", Ours = true)]
    public string ClusterTlsSecret { get; init; } = "";
}
