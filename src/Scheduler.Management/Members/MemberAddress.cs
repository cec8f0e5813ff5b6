using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Akka.Cluster;

namespace Scheduler.Management.Members;

/// <summary>Finds the member an address in a URL means.</summary>
internal static partial class MemberAddress
{
    /// <summary>The address as the caller meant it. Routing leaves an encoded slash as it is, so it is decoded once more.</summary>
    public static string Decode(string? path) => Uri.UnescapeDataString(path ?? "").TrimEnd('/');

    /// <summary>Whether it is an address at all: <c>akka.tcp://system@host:port</c>, or without the protocol.</summary>
    public static bool IsWellFormed(string address) =>
        Shape().Match(address) is { Success: true } match
        && int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture) is > 0 and <= IPEndPoint.MaxPort;

    public static Member? Find(Akka.Cluster.Cluster cluster, string address) => cluster.State.Members.FirstOrDefault(member =>
        member.Address.ToString() is var full && (full == address || full[(full.IndexOf("://", StringComparison.Ordinal) + 3)..] == address));

    [GeneratedRegex(@"^(akka(\.[a-z]+)*://)?[A-Za-z0-9_-]+@([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):(?<port>[0-9]{1,5})$")]
    private static partial Regex Shape();
}
