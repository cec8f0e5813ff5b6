namespace Scheduler.Kubernetes.Tests.Pods.Settings;

/// <summary><c>agent-config</c> (pod-building.md §6.3, §8.1).</summary>
public sealed class AgentConfigTests
{
    [Fact]
    public void EachKeySetsItsVariable()
    {
        var agent = new Given
        {
            Config = """
                agent-config:
                  endpoint: https://agent.example/v3
                  no-http2: true
                  experiment: [a, b]
                  shell: /bin/bash -c
                  no-color: false
                  strict-single-hooks: true
                  no-multipart-artifact-upload: false
                  trace-context-encoding: json
                  tracing-backend: opentelemetry
                  tracing-service-name: ci
                  tracing-propagate-traceparent: true
                  disable-warnings-for: [x]
                  debug-signing: false
                  git-skip-fetch-existing-commits: true
                  container-start-timeout: 90m2s
                  hooks-path: /h
                  additional-hooks-paths: [/i, /j]
                  plugins-path: /p
                  no-pty: true
                  no-command-eval: false
                  no-local-hooks: true
                  no-plugins: false
                  plugin-validation: true
                  signing-jwks-file: /s.json
                  signing-jwks-key-id: id
                  verification-jwks-file: /v.json
                  verification-failure-behavior: block
                """,
        }.Pod().Container("agent");

        Assert.Equal(("/bin/bash -c", "/h", "/p"),
            (agent.Value("BUILDKITE_SHELL"), agent.Value("BUILDKITE_HOOKS_PATH"), agent.Value("BUILDKITE_PLUGINS_PATH")));
        Assert.Equal(
            [
                ("BUILDKITE_AGENT_ENDPOINT", "https://agent.example/v3"), ("BUILDKITE_NO_HTTP2", "true"), ("BUILDKITE_AGENT_EXPERIMENT", "a,b"),
                ("BUILDKITE_AGENT_NO_COLOR", "false"), ("BUILDKITE_STRICT_SINGLE_HOOKS", "true"),
                ("BUILDKITE_NO_MULTIPART_ARTIFACT_UPLOAD", "false"), ("BUILDKITE_TRACE_CONTEXT_ENCODING", "json"),
                ("BUILDKITE_TRACING_BACKEND", "opentelemetry"), ("BUILDKITE_TRACING_SERVICE_NAME", "ci"),
                ("BUILDKITE_TRACING_PROPAGATE_TRACEPARENT", "true"), ("BUILDKITE_AGENT_DISABLE_WARNINGS_FOR", "x"),
                ("BUILDKITE_AGENT_DEBUG_SIGNING", "false"), ("BUILDKITE_GIT_SKIP_FETCH_EXISTING_COMMITS", "true"),
                ("BUILDKITE_KUBERNETES_CONTAINER_START_TIMEOUT", "1h30m2s"), ("BUILDKITE_ADDITIONAL_HOOKS_PATHS", "/i,/j"),
                ("BUILDKITE_NO_PTY", "true"), ("BUILDKITE_NO_COMMAND_EVAL", "false"), ("BUILDKITE_NO_LOCAL_HOOKS", "true"),
                ("BUILDKITE_NO_PLUGINS", "false"), ("BUILDKITE_NO_PLUGIN_VALIDATION", "false"),
                ("BUILDKITE_AGENT_SIGNING_JWKS_FILE", "/s.json"), ("BUILDKITE_AGENT_SIGNING_JWKS_KEY_ID", "id"),
                ("BUILDKITE_AGENT_VERIFICATION_JWKS_FILE", "/v.json"),
                ("BUILDKITE_AGENT_JOB_VERIFICATION_NO_SIGNATURE_BEHAVIOR", "block"),
            ],
            agent.Env.Skip(16).Select(v => (v.Name, v.Value)));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("agent-config: {}", "warn")]
    [InlineData("agent-config: {verification-jwks-file: /v}", null)]
    [InlineData("agent-config: {verificationJWKSVolume: {name: v, emptyDir: {}}}", null)]
    [InlineData("agent-config: {verification-failure-behavior: block}", "block")]
    public void WithoutAKeyToVerifyWithUnsignedJobsAreOnlyWarnedOf(string config, string? behaviour)
    {
        Assert.Equal(behaviour, new Given { Config = config }.Pod().Container("agent").Value("BUILDKITE_AGENT_JOB_VERIFICATION_NO_SIGNATURE_BEHAVIOR"));
    }

    [Theory]
    [InlineData("", "/buildkite/signing-jwks/key", "/buildkite/signing-jwks")]
    [InlineData("mine.json", "/buildkite/signing-jwks/mine.json", "/buildkite/signing-jwks")]
    [InlineData("sub//../x/mine.json", "/buildkite/signing-jwks/x/mine.json", "/buildkite/signing-jwks")]
    [InlineData("/path/to/mine.json", "/path/to/mine.json", "/path/to")]
    public void AKeyFileIsFoundInItsVolume(string file, string path, string mount)
    {
        var pod = new Given
        {
            Config = "agent-config: {signingJWKSVolume: {name: s, secret: {secretName: x}}"
                + (file.Length == 0 ? "}" : $", signing-jwks-file: {file}}}"),
        }.Pod();

        Assert.Equal(path, pod.Container("agent").Value("BUILDKITE_AGENT_SIGNING_JWKS_FILE"));
        Assert.Contains("s:" + mount, pod.Container("agent").Mounts());
        Assert.Contains("s:" + mount, pod.Container("container-0").Mounts());
        Assert.DoesNotContain("s:" + mount, pod.Container("checkout").Mounts());
    }

    [Fact]
    public void VerificationIsTheAgentsBusinessAlone()
    {
        var pod = new Given
        {
            Config = "agent-config: {verification-jwks-file: /path/to/v.jwks, verificationJWKSVolume: {name: v, secret: {secretName: x}}}",
        }.Pod();

        Assert.Contains("v:/path/to", pod.Container("agent").Mounts());
        Assert.Equal(["workspace:/workspace"], pod.Container("container-0").Mounts());
        Assert.Equal(["workspace:/workspace"], pod.Container("checkout").Mounts());
        Assert.Null(pod.Container("agent").Value("BUILDKITE_AGENT_SIGNING_JWKS_FILE"));
    }

    [Fact]
    public void AKeyFileWithoutAVolumeIsPassedOnAsItIs()
    {
        var pod = new Given { Config = "agent-config: {signing-jwks-file: rel/key}" }.Pod();

        Assert.Equal("rel/key", pod.Container("agent").Value("BUILDKITE_AGENT_SIGNING_JWKS_FILE"));
        Assert.Equal(["workspace"], pod.VolumeNames());
    }

    [Fact]
    public void HooksFromImagesAndVolumesAddUp()
    {
        var pod = new Given
        {
            Config = """
                agent-config:
                  additional-hooks-paths: [/image/hooks]
                  additional-hooks: [{path: /buildkite/additional-hooks, volume: {name: more, configMap: {name: h}}}]
                """,
        }.Pod();

        Assert.Equal("/image/hooks,/buildkite/additional-hooks", pod.Container("agent").Value("BUILDKITE_ADDITIONAL_HOOKS_PATHS"));
        Assert.All(["agent", "checkout", "container-0"], name =>
            Assert.Contains("more:/buildkite/additional-hooks", pod.Container(name).Mounts()));
    }
}
