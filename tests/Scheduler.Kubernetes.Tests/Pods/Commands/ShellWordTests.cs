using System.Diagnostics;
using CsCheck;
using Scheduler.Kubernetes.Pods.Commands;

namespace Scheduler.Kubernetes.Tests.Pods.Commands;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("", "''")]
    [InlineData("plain", "plain")]
    [InlineData("a b", "'a b'")]
    [InlineData("a'b", @"a\'b")]
    [InlineData("a' b", @"'a'\'' b'")]
    [InlineData("' '", @"\'' '\'")]
    [InlineData("a b'", @"'a b'\'")]
    [InlineData("tab\there", "'tab\there'")]
    [InlineData("~x", @"\~x")]
    [InlineData("x~", "x~")]
    [InlineData("$q", @"\$q")]
    [InlineData("a[b]", @"a\[b]")]
    [InlineData("a{b}", @"a\{b}")]
    [InlineData("#a", "#a")]
    [InlineData("a=b", "a=b")]
    [InlineData("a!b c", "'a!b c'")]
    [InlineData("ab[cd]", @"ab\[cd]")]
    [InlineData("don't", @"don\'t")]
    [InlineData("\\'\"`${[|&;<>()*?!", "\\\\\\'\\\"\\`\\$\\{\\[\\|\\&\\;\\<\\>\\(\\)\\*\\?\\!")]
    [InlineData("größe", "größe")]
    public void WordsAreQuotedAsTheOriginalDoes(string word, string quoted) => Assert.Equal(quoted, ShellWord.Quote(word));

    /// <summary>
    /// What must hold for a quoted word: the shell prints it back. Without a carriage return or a comment sign at the start, which
    /// the original leaves as they are.
    /// </summary>
    [Fact]
    public void AShellReadsQuotedWordsBack()
    {
        var words = Gen.String[Gen.Char["abz09 \t\n\\'\"`${[|&;<>()*?!~%]}^=,@:äß"], 0, 12].Array[1, 200];
        words.Sample(
            sample =>
            {
                var script = string.Concat(sample.Select(word => $"printf '%s\\0' {ShellWord.Quote(word)}\n"));
                using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script])
                {
                    RedirectStandardOutput = true,
                    StandardOutputEncoding = System.Text.Encoding.UTF8,
                })!;
                return shell.StandardOutput.ReadToEnd() == string.Concat(sample.Select(word => word + "\0"));
            },
            iter: 20);
    }
}
