using k8s;
using k8s.Models;
using Scheduler.Deploy.Tests.Helm;
using Scheduler.Testing.Envtest;

namespace Scheduler.Deploy.Tests.Rbac;

/// <summary>A rendered chart's objects on a real API server, as far as processes in place of pods need them.</summary>
internal static class ChartObjects
{
    /// <summary>Of the chart's service account, which may do what its Role allows and nothing else.</summary>
    public static string Kubeconfig(ControlPlane plane) => Path.Combine(plane.Folder, "account.kubeconfig");

    /// <summary>Into namespaces that are not there yet, of which there may be one for jobs; writes <see cref="Kubeconfig"/>.</summary>
    public static async Task InstallAsync(ControlPlane plane, Rendered chart, CancellationToken cancellationToken)
    {
        using var admin = new k8s.Kubernetes(plane.ClientConfiguration());
        var ns = chart.StatefulSet.Namespace();
        foreach (var name in new[] { ns, chart.Configuration().Options!.Namespace }.Distinct())
        {
            await admin.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = name } }, cancellationToken: cancellationToken);
        }

        await admin.CoreV1.CreateNamespacedSecretAsync(chart.One<V1Secret>(), chart.One<V1Secret>().Namespace(), cancellationToken: cancellationToken);
        await admin.CoreV1.CreateNamespacedServiceAccountAsync(chart.One<V1ServiceAccount>(), ns, cancellationToken: cancellationToken);
        foreach (var role in chart.All<V1Role>())
        {
            await admin.RbacAuthorizationV1.CreateNamespacedRoleAsync(role, role.Namespace(), cancellationToken: cancellationToken);
        }

        foreach (var binding in chart.All<V1RoleBinding>())
        {
            await admin.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(binding, binding.Namespace(), cancellationToken: cancellationToken);
        }

        var token = await admin.CoreV1.CreateNamespacedServiceAccountTokenAsync(
            new Authenticationv1TokenRequest
            {
                Spec = new V1TokenRequestSpec { Audiences = ["https://kubernetes.default.svc"], ExpirationSeconds = 3600 },
            },
            chart.One<V1ServiceAccount>().Name(),
            ns,
            cancellationToken: cancellationToken);
        var kubeconfig = await File.ReadAllTextAsync(plane.Kubeconfig, cancellationToken);
        var admins = plane.ClientConfiguration().AccessToken;
        await File.WriteAllTextAsync(Kubeconfig(plane), kubeconfig.Replace(admins, token.Status.Token, StringComparison.Ordinal), cancellationToken);
    }

    /// <summary>What else than pods an upgrade replaces.</summary>
    public static async Task UpgradeAsync(ControlPlane plane, Rendered chart, CancellationToken cancellationToken)
    {
        using var admin = new k8s.Kubernetes(plane.ClientConfiguration());
        foreach (var role in chart.All<V1Role>())
        {
            await admin.RbacAuthorizationV1.ReplaceNamespacedRoleAsync(role, role.Name(), role.Namespace(), cancellationToken: cancellationToken);
        }
    }
}
