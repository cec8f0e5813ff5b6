using System.Diagnostics;
using System.Runtime.Versioning;
using Scheduler.Kubernetes.Pods;
using Scheduler.Kubernetes.Pods.Scripts;

namespace Scheduler.Kubernetes.Tests.Pods.Scripts;

/// <summary>The scripts, run by a real shell in a folder that stands for the container's root.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ScriptTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("scripts").FullName;

    public ScriptTests()
    {
        foreach (var folder in new[] { "workspace", "usr/local/bin", "usr/bin", "sbin", "bin" })
        {
            Directory.CreateDirectory(Path.Combine(_root, folder));
        }

        File.WriteAllText(Path.Combine(_root, "usr/local/bin/buildkite-agent"), "agent");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("sbin")]
    [InlineData("usr/bin")]
    public void CopyAgentFillsTheWorkspace(string placeOfTini)
    {
        File.WriteAllText(Path.Combine(_root, placeOfTini, "tini-static"), "tini");
        var (code, _) = Run("-cefx", InRoot(CopyAgentScript.For(default)));

        Assert.Equal(0, code);
        Assert.Equal("agent", File.ReadAllText(Path.Combine(_root, "workspace/buildkite-agent")));
        Assert.Equal("tini", File.ReadAllText(Path.Combine(_root, "workspace/tini-static")));
        const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
        Assert.All(["build", "plugins", "sockets"], name => Assert.Equal(Everybody, File.GetUnixFileMode(Path.Combine(_root, "workspace", name))));
    }

    [Fact]
    public void CopyAgentFailsWithoutTini()
    {
        var (code, errors) = Run("-cefx", InRoot(CopyAgentScript.For(default)));

        Assert.Equal(1, code);
        Assert.Contains("Error: No tini-static binary found", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void CopyAgentStopsAtAWorkspaceThatWasUsedBefore()
    {
        Directory.CreateDirectory(Path.Combine(_root, "workspace/build"));
        var (code, _) = Run("-cefx", InRoot(CopyAgentScript.For(default)));

        Assert.NotEqual(0, code);
        Assert.False(File.Exists(Path.Combine(_root, "workspace/buildkite-agent")));
    }

    [Theory]
    [InlineData(1000, 1001, "chown -R 1000:1001 /workspace\n")]
    [InlineData(1000, 0, "chown -R 1000 /workspace\n")]
    public void CopyAgentGivesTheWorkspaceToThePodsUser(long user, long group, string first) =>
        Assert.StartsWith(first, CopyAgentScript.For(new PodUser(user, group)), StringComparison.Ordinal);

    [Fact]
    public void CheckoutOfARootPodStartsTheBootstrapAtOnce()
    {
        Assert.Equal("set -exuf\ntrue\nbuildkite-agent-entrypoint kubernetes-bootstrap", CheckoutScript.For(new PodUser(0, 5), false));
    }

    [Theory]
    [InlineData(1001, "addgroup -g 1001 buildkite-agent|adduser -D -u 1000 -G buildkite-agent -h /workspace buildkite-agent|su buildkite-agent")]
    [InlineData(0, "adduser -D -u 1000 -G root -h /workspace buildkite-agent|su buildkite-agent")]
    public void CheckoutCreatesTheUserOnBusyBox(long group, string calls)
    {
        Tool("adduser", "[ \"$1\" != --help ] || { echo BusyBox v1 >&2; exit 0; }");
        Tool("addgroup", "exit_code=1");
        Assert.Equal(calls, CallsOfCheckout(group));
    }

    [Theory]
    [InlineData(1001, "groupadd -g 1001 buildkite-agent|useradd -M -u 1000 -g 1001 -d /workspace -s /bin/sh buildkite-agent|su buildkite-agent")]
    [InlineData(0, "useradd -M -u 1000 -g 0 -d /workspace -s /bin/sh buildkite-agent|su buildkite-agent")]
    public void CheckoutCreatesTheUserOnGlibcImages(long group, string calls)
    {
        Tool("adduser", "[ \"$1\" != --help ] || { echo adduser from Debian; exit 0; }");
        Tool("useradd", "");
        Tool("groupadd", "exit_code=9");
        Assert.Equal(calls, CallsOfCheckout(group));
    }

    [Fact]
    public void CheckoutFailsWhereNoUserCanBeCreated()
    {
        var (code, errors) = Run("-c", CheckoutScript.For(new PodUser(1000, 0), false));

        Assert.Equal(1, code);
        Assert.Contains("Error: No supported user creation tool found", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckoutHandsTheWholeCommandToTheUsersShell()
    {
        var script = CheckoutScript.For(new PodUser(1000, 0), withGitCredentials: true);

        Assert.EndsWith(
            "\nsu buildkite-agent -c \"cp /buildkite/git-credentials-ro/.git-credentials /buildkite/git-credentials "
            + "&& git config --global credential.helper 'store --file /buildkite/git-credentials/.git-credentials' "
            + "&& buildkite-agent-entrypoint kubernetes-bootstrap\"",
            script,
            StringComparison.Ordinal);
    }

    /// <summary>What the script calls, in order: tool and arguments, of <c>su</c> the user only.</summary>
    private string CallsOfCheckout(long group)
    {
        Tool("su", "");
        var (code, errors) = Run("-c", CheckoutScript.For(new PodUser(1000, group), false));
        Assert.True(code == 0, errors);
        return string.Join('|', File.ReadLines(Path.Combine(_root, "calls"))
            .Where(call => !call.Contains("--help", StringComparison.Ordinal))
            .Select(call => call.StartsWith("su ", StringComparison.Ordinal) ? "su buildkite-agent" : call));
    }

    private void Tool(string name, string body)
    {
        var path = Path.Combine(_root, "bin", name);
        File.WriteAllText(path, $"#!/bin/sh\nexit_code=0\necho \"{name} $*\" >> {_root}/calls\n{body}\nexit $exit_code\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string InRoot(string script) => script
        .Replace("/workspace", _root + "/workspace", StringComparison.Ordinal)
        .Replace("/usr/", _root + "/usr/", StringComparison.Ordinal)
        .Replace("/sbin/", _root + "/sbin/", StringComparison.Ordinal);

    /// <summary>With <c>grep</c> and nothing else besides the tools made here, for the machine may have user tools of its own.</summary>
    private (int Code, string Errors) Run(string flags, string script)
    {
        var isCheckout = script.Contains("kubernetes-bootstrap", StringComparison.Ordinal);
        if (isCheckout)
        {
            File.CreateSymbolicLink(Path.Combine(_root, "bin/grep"), File.Exists("/usr/bin/grep") ? "/usr/bin/grep" : "/bin/grep");
        }

        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", [flags, script])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["PATH"] = isCheckout ? Path.Combine(_root, "bin") : Environment.GetEnvironmentVariable("PATH") },
        })!;
        var errors = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, errors);
    }
}
