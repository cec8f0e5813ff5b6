using System.Text.RegularExpressions;

namespace Scheduler.Kubernetes.Jobs;

/// <summary>A ValidatingAdmissionPolicy's refusal of a Job, read out of the API server's words for it.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Words">What it says.</param>
internal sealed partial record PolicyDenial(string Policy, string Words)
{
    /// <summary>How the name of the chart's policy against pods that reach for the scheduler ends.</summary>
    public const string PodsSuffix = ".pods.scheduler.buildkite.com";

    /// <summary>How the name of the chart's policy against epochs that are over ends.</summary>
    public const string FenceSuffix = ".fence.scheduler.buildkite.com";

    /// <summary>The policy found a mistake of the job's author.</summary>
    public bool BlamesThePod => Policy.EndsWith(PodsSuffix, StringComparison.Ordinal);

    /// <summary>The grant is of an epoch that is over; the job is as good as before.</summary>
    public bool BlamesTheGrant => Policy.EndsWith(FenceSuffix, StringComparison.Ordinal);

    /// <summary>The policy could not judge the Job: its parameters are missing, it does not compile, or it failed on the way.</summary>
    public bool IsMalfunction =>
        Words.StartsWith("failed to configure ", StringComparison.Ordinal)
        || Words.Contains("resulted in error:", StringComparison.Ordinal)
        || Words.Contains("running out of cost budget", StringComparison.Ordinal);

    /// <summary>
    /// Null for any other answer. Read from its very beginning, where only the Job's name is, which is ours: the words of a
    /// Job's own validation may quote whatever its author wrote, a policy's name included.
    /// </summary>
    public static PolicyDenial? Read(string message) =>
        Denial().Match(message) is { Success: true } match ? new PolicyDenial(match.Groups["policy"].Value, match.Groups["words"].Value) : null;

    [GeneratedRegex(
        @"\Ajobs\.batch ""[^""]*"" is forbidden: ValidatingAdmissionPolicy '(?<policy>[^']+)'( with binding '[^']*')? denied request: (?<words>.*)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Denial();
}
