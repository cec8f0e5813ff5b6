namespace Scheduler.Kubernetes.Pods.Scripts;

/// <summary>Fills the workspace with the binaries that the other containers run, whatever their image is (pod-building.md §7.6).</summary>
internal static class CopyAgentScript
{
    private const string Fill =
        """
        set -- /workspace/build /workspace/plugins /workspace/sockets
        mkdir "$@"
        chmod 777 "$@"
        cp /usr/local/bin/buildkite-agent /workspace
        if [ -e /sbin/tini-static ]; then
          cp /sbin/tini-static /workspace/tini-static
        elif [ -e /usr/bin/tini-static ]; then
          cp /usr/bin/tini-static /workspace/tini-static
        else
          echo "Error: No tini-static binary found" >&2
          exit 1
        fi
        """;

    /// <summary>For <c>sh -cefx</c>: it ends at the first command that fails.</summary>
    public static string For(PodUser user) => user.IsRoot
        ? Fill
        : FormattableString.Invariant($"chown -R {user.Owner} /workspace\n{Fill}");
}
