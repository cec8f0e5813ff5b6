namespace Scheduler.Kubernetes.Pods;

/// <summary>Names and places that the parts of a pod agree on (pod-building.md §16).</summary>
internal static class WellKnown
{
    public const string AgentContainer = "agent";
    public const string CheckoutContainer = "checkout";
    public const string CopyAgentContainer = "copy-agent";
    public const string ImageCheckPrefix = "imagecheck-";

    public const string WorkspaceVolume = "workspace";
    public const string Workspace = "/workspace";
    public const string BuildPath = "/workspace/build";
    public const string HooksPath = "/workspace/hooks";
    public const string PluginsPath = "/workspace/plugins";
    public const string SocketsPath = "/workspace/sockets";
    public const string Tini = "/workspace/tini-static";
    public const string AgentBinary = "/workspace/buildkite-agent";
    public const string Bootstrap = "kubernetes-bootstrap";

    public const string GitMirrorsPath = "/buildkite/git-mirrors";
    public const string GitCredentialsPath = "/buildkite/git-credentials";
    public const string GitCredentialsSourcePath = "/buildkite/git-credentials-ro";
    public const string GitCredentialsVolume = "git-credentials";
    public const string GitCredentialsSourceVolume = "git-credentials-ro";

    public const string SigningKeysPath = "/buildkite/signing-jwks";
    public const string VerificationKeysPath = "/buildkite/verification-jwks";
    public const string KeyFile = "key";

    public const string TokenKey = "BUILDKITE_AGENT_TOKEN";

    public static string Sockets(string container) => PosixPath.Join(SocketsPath, container);
}
