namespace Scheduler.Kubernetes.Pods.Scripts;

/// <summary>Starts the checkout phase, as the pod's user if it has one (pod-building.md §7.5).</summary>
internal static class CheckoutScript
{
    private const string Bootstrap = "buildkite-agent-entrypoint kubernetes-bootstrap";

    /// <summary>git's store helper writes to its file, and a mounted secret is read-only: hence the copy.</summary>
    private const string SetUpCredentials =
        "cp /buildkite/git-credentials-ro/.git-credentials /buildkite/git-credentials && "
        + "git config --global credential.helper 'store --file /buildkite/git-credentials/.git-credentials'";

    public static string For(PodUser user, bool withGitCredentials)
    {
        var setUp = withGitCredentials ? SetUpCredentials : "true";
        return user.IsRoot
            ? $"set -exuf\n{setUp}\n{Bootstrap}"
            : $"set -exuf\n{CreateUser(user)}\nsu buildkite-agent -c \"{setUp} && {Bootstrap}\"";
    }

    /// <summary>BusyBox (Alpine) and glibc images have different tools for it, some of the latter an adduser of another kind.</summary>
    private static string CreateUser(PodUser user)
    {
        var group = user.Group == 0 ? "root" : "buildkite-agent";
        var addGroup = user.Group == 0 ? "" : FormattableString.Invariant($"addgroup -g {user.Group} {group} >/dev/null 2>&1 || true\n  ");
        var groupAdd = user.Group == 0 ? "" : FormattableString.Invariant($"groupadd -g {user.Group} {group} >/dev/null 2>&1 || true\n  ");
        return FormattableString.Invariant($"""
            if command -v adduser >/dev/null && adduser --help 2>&1 | grep -q BusyBox; then
              {addGroup}adduser -D -u {user.User} -G {group} -h /workspace buildkite-agent
            elif command -v useradd >/dev/null; then
              {groupAdd}useradd -M -u {user.User} -g {user.Group} -d /workspace -s /bin/sh buildkite-agent
            else
              echo "Error: No supported user creation tool found" >&2
              exit 1
            fi
            """);
    }
}
