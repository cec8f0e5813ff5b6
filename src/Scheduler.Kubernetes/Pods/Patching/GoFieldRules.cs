using System.Collections.Frozen;
using k8s.Models;

namespace Scheduler.Kubernetes.Pods.Patching;

/// <summary>
/// Which fields the Go model of a pod writes when they are zero. It decides what a patch can say: a field that vanishes when zero
/// cannot be reset, a required one that the patch leaves out is set to zero (pod-building.md §13.1). Not named here are fields
/// that vanish: scalars when zero, lists and maps when empty, objects when absent.
/// </summary>
/// <param name="Required">Always written. A list or an object behind a pointer that is missing is written as null, which deletes.</param>
/// <param name="Pointers">Scalars written whenever they are set, zero or not; among required ones, those that may be null.</param>
internal sealed record GoFieldRules(FrozenSet<string> Required, FrozenSet<string> Pointers)
{
    private static readonly GoFieldRules Plain = Of("", "");

    private static readonly FrozenDictionary<Type, GoFieldRules> Rules = new Dictionary<Type, GoFieldRules>
    {
        [typeof(V1PodSpec)] = Of(
            "containers",
            "activeDeadlineSeconds automountServiceAccountToken enableServiceLinks hostUsers hostnameOverride preemptionPolicy priority "
            + "runtimeClassName setHostnameAsFQDN shareProcessNamespace terminationGracePeriodSeconds"),
        [typeof(V1Container)] = Of("name", "restartPolicy"),
        [typeof(V1EphemeralContainer)] = Of("name", "restartPolicy"),
        [typeof(V1PodOS)] = Of("name"),
        [typeof(V1PodSchedulingGate)] = Of("name"),
        [typeof(V1PodSchedulingGroup)] = Of("", "podGroupName"),
        [typeof(V1PodReadinessGate)] = Of("conditionType"),
        [typeof(V1PodResourceClaim)] = Of("name", "resourceClaimName resourceClaimTemplateName"),
        [typeof(V1HostAlias)] = Of("ip"),
        [typeof(V1PodDNSConfigOption)] = Of("", "value"),
        [typeof(V1Toleration)] = Of("", "tolerationSeconds"),
        [typeof(V1TopologySpreadConstraint)] = Of(
            "maxSkew topologyKey whenUnsatisfiable",
            "minDomains nodeAffinityPolicy nodeTaintsPolicy"),

        [typeof(V1PodSecurityContext)] = Of(
            "",
            "fsGroup fsGroupChangePolicy runAsGroup runAsNonRoot runAsUser seLinuxChangePolicy supplementalGroupsPolicy"),
        [typeof(V1SecurityContext)] = Of(
            "",
            "allowPrivilegeEscalation privileged procMount readOnlyRootFilesystem runAsGroup runAsNonRoot runAsUser"),
        [typeof(V1WindowsSecurityContextOptions)] = Of("", "gmsaCredentialSpec gmsaCredentialSpecName hostProcess runAsUserName"),
        [typeof(V1SeccompProfile)] = Of("type", "localhostProfile"),
        [typeof(V1AppArmorProfile)] = Of("type", "localhostProfile"),
        [typeof(V1Sysctl)] = Of("name value"),

        [typeof(V1NodeSelector)] = Of("nodeSelectorTerms"),
        [typeof(V1NodeSelectorRequirement)] = Of("key operator"),
        [typeof(V1LabelSelectorRequirement)] = Of("key operator"),
        [typeof(V1PreferredSchedulingTerm)] = Of("weight preference"),
        [typeof(V1WeightedPodAffinityTerm)] = Of("weight podAffinityTerm"),
        [typeof(V1PodAffinityTerm)] = Of("topologyKey"),

        [typeof(V1EnvVar)] = Of("name"),
        [typeof(V1ObjectFieldSelector)] = Of("fieldPath"),
        [typeof(V1ResourceFieldSelector)] = Of("resource divisor"),
        [typeof(V1ConfigMapKeySelector)] = Of("key", "optional"),
        [typeof(V1SecretKeySelector)] = Of("key", "optional"),
        [typeof(V1FileKeySelector)] = Of("volumeName path key", "optional"),
        [typeof(V1ConfigMapEnvSource)] = Of("", "optional"),
        [typeof(V1SecretEnvSource)] = Of("", "optional"),
        [typeof(V1ContainerPort)] = Of("containerPort"),
        [typeof(V1ContainerResizePolicy)] = Of("resourceName restartPolicy"),
        [typeof(Corev1ResourceClaim)] = Of("name"),
        [typeof(V1VolumeDevice)] = Of("name devicePath"),
        [typeof(V1VolumeMount)] = Of("name mountPath", "mountPropagation recursiveReadOnly"),

        [typeof(V1Lifecycle)] = Of("", "stopSignal"),
        [typeof(V1Probe)] = Of("", "terminationGracePeriodSeconds"),
        [typeof(V1HTTPGetAction)] = Of("port", "protocol"),
        [typeof(V1HTTPHeader)] = Of("name value"),
        [typeof(V1TCPSocketAction)] = Of("port"),
        [typeof(V1GRPCAction)] = Of("port service", "service mode"),
        [typeof(V1SleepAction)] = Of("seconds"),

        [typeof(V1Volume)] = Of("name"),
        [typeof(V1KeyToPath)] = Of("key path", "mode user"),
        [typeof(V1EmptyDirVolumeSource)] = Of("", "mode"),
        [typeof(V1SecretVolumeSource)] = Of("", "defaultMode defaultUser optional"),
        [typeof(V1ConfigMapVolumeSource)] = Of("", "defaultMode defaultUser optional"),
        [typeof(V1DownwardAPIVolumeSource)] = Of("", "defaultMode defaultUser"),
        [typeof(V1DownwardAPIVolumeFile)] = Of("path", "mode user"),
        [typeof(V1ProjectedVolumeSource)] = Of("sources", "defaultMode defaultUser"),
        [typeof(V1SecretProjection)] = Of("", "optional"),
        [typeof(V1ConfigMapProjection)] = Of("", "optional"),
        [typeof(V1ServiceAccountTokenProjection)] = Of("path", "expirationSeconds user"),
        [typeof(V1ClusterTrustBundleProjection)] = Of("path", "name signerName optional user"),
        [typeof(V1PodCertificateProjection)] = Of("", "maxExpirationSeconds user"),

        [typeof(V1HostPathVolumeSource)] = Of("path", "type"),
        [typeof(V1NFSVolumeSource)] = Of("server path"),
        [typeof(V1PersistentVolumeClaimVolumeSource)] = Of("claimName"),
        [typeof(V1CSIVolumeSource)] = Of("driver", "fsType readOnly"),
        [typeof(V1FlexVolumeSource)] = Of("driver"),
        [typeof(V1AzureFileVolumeSource)] = Of("secretName shareName"),
        [typeof(V1AzureDiskVolumeSource)] = Of("diskName diskURI", "cachingMode fsType kind readOnly"),
        [typeof(V1ISCSIVolumeSource)] = Of("targetPortal iqn lun", "initiatorName"),
        [typeof(V1FCVolumeSource)] = Of("", "lun"),
        [typeof(V1RBDVolumeSource)] = Of("monitors image"),
        [typeof(V1CephFSVolumeSource)] = Of("monitors"),
        [typeof(V1GlusterfsVolumeSource)] = Of("endpoints path"),
        [typeof(V1GCEPersistentDiskVolumeSource)] = Of("pdName"),
        [typeof(V1AWSElasticBlockStoreVolumeSource)] = Of("volumeID"),
        [typeof(V1CinderVolumeSource)] = Of("volumeID"),
        [typeof(V1PortworxVolumeSource)] = Of("volumeID"),
        [typeof(V1GitRepoVolumeSource)] = Of("repository"),
        [typeof(V1VsphereVirtualDiskVolumeSource)] = Of("volumePath"),
        [typeof(V1PhotonPersistentDiskVolumeSource)] = Of("pdID"),
        [typeof(V1QuobyteVolumeSource)] = Of("registry volume"),
        [typeof(V1ScaleIOVolumeSource)] = Of("gateway system secretRef", "secretRef"),

        [typeof(V1PersistentVolumeClaimTemplate)] = Of("spec"),
        [typeof(V1PersistentVolumeClaimSpec)] = Of("", "storageClassName volumeAttributesClassName volumeMode"),
        [typeof(V1TypedLocalObjectReference)] = Of("apiGroup kind name", "apiGroup"),
        [typeof(V1TypedObjectReference)] = Of("apiGroup kind name", "apiGroup namespace"),
        [typeof(V1ObjectMeta)] = Of("", "deletionGracePeriodSeconds"),
        [typeof(V1OwnerReference)] = Of("apiVersion kind name uid", "blockOwnerDeletion controller"),
    }.ToFrozenDictionary();

    /// <summary>The types named here, for a test that they all have the fields.</summary>
    public static IReadOnlyDictionary<Type, GoFieldRules> All => Rules;

    public static GoFieldRules For(Type type) => Rules.GetValueOrDefault(type, Plain);

    private static GoFieldRules Of(string required, string pointers = "") => new(Names(required), Names(pointers));

    private static FrozenSet<string> Names(string names) =>
        names.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
