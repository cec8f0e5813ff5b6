using System.Text.RegularExpressions;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>Names as Kubernetes, Buildkite and the network take them.</summary>
internal static partial class NameSyntax
{
    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z")]
    public static partial Regex DnsLabel();

    /// <summary>To be used for texts up to 253 characters.</summary>
    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\z")]
    public static partial Regex DnsSubdomain();

    /// <summary>The start of a Job's name; a UUID of 36 characters follows, 63 are allowed.</summary>
    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9]|-(?!\.)|\.(?![.-])){0,26}\z")]
    public static partial Regex JobPrefix();

    /// <summary>A label value and a stack key at once.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?\z")]
    public static partial Regex ControllerId();

    /// <summary>A host, an IPv4 address, or <c>*.</c> and a domain.</summary>
    [GeneratedRegex(@"\A(?:\*\.)?[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z")]
    public static partial Regex PeerName();
}
