using Scheduler.Core.Text;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Images;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>Names, addresses and tags.</summary>
internal static class NameRules
{
    private const string Start = "a letter or digit first";

    private const string QueueTag = "queue=";

    /// <summary>What Buildkite takes.</summary>
    private const int LongestQueue = 100;

    private const string Ends = "a letter or digit at both ends";

    public static void Check(ControllerOptions options, ConfigurationDraft draft)
    {
        Required("namespace", options.Namespace, NameSyntax.DnsLabel().IsMatch, $"lower-case letters, digits and '-', at most 63, {Ends}");
        Required(
            "job-prefix",
            options.JobPrefix,
            NameSyntax.JobPrefix().IsMatch,
            $"lower-case letters, digits, '-' and '.', {Start}, at most 27: with the job's UUID of 36 a name has the 63 characters that Kubernetes takes");
        Required("agent-token-secret", options.AgentTokenSecret, IsSubdomain, "a Secret's name: lower-case letters, digits, '-' and '.'");
        if (options.Id.Length > 0)
        {
            Required("id", options.Id, NameSyntax.ControllerId().IsMatch, $"letters, digits, '-' and '_', at most 63, {Ends}");
        }

        Required("image", options.Image, _ => true, "an image reference");
        if (options.Image.Length > 0 && !ImageReference.TryParse(options.Image, out _, out var error))
        {
            Refuse("image", options.Image, $"is not an image reference: {error}", "write it as registry/name:tag");
        }

        // The original takes no IPv6 address here.
        if (options.ProfilerAddress.Length > 0 && (!HostAndPort.TryParse(options.ProfilerAddress, out var profiler) || profiler.Host.StartsWith('[')))
        {
            Refuse(
                "profiler-address",
                options.ProfilerAddress,
                "is not host:port",
                "write a host name or IPv4 address, or nothing, and a port from 1 to 65535: localhost:6060");
        }

        if (options.ManagementHost.Length > 0 && !System.Net.IPAddress.TryParse(options.ManagementHost, out _))
        {
            Refuse("management-host", options.ManagementHost, "is not an IP address", "write an address of this machine, or nothing for all");
        }

        if (options.AgentConfig?.Endpoint is { Length: > 0 } endpoint && !IsHttp(endpoint))
        {
            Refuse(
                "agent-config.endpoint",
                endpoint,
                "is not an absolute http or https URL without user, query and fragment",
                "write it as https://agent.buildkite.com/v3");
        }

        if (options.Queue.Length > LongestQueue)
        {
            Refuse("queue", options.Queue, $"is longer than {LongestQueue} characters", "use a queue of the token's cluster");
        }

        for (var i = 0; i < options.Tags.Length; i++)
        {
            if (options.Tags[i].StartsWith(QueueTag, StringComparison.Ordinal) && options.Tags[i].Length > QueueTag.Length + LongestQueue)
            {
                Refuse($"tags[{i}]", options.Tags[i], $"names a queue longer than {LongestQueue} characters", "use a queue of the token's cluster");
            }

            if (!options.Tags[i].Contains('=', StringComparison.Ordinal))
            {
                Refuse($"tags[{i}]", options.Tags[i], "is an invalid agent tag: it has no '='", "write it as key=value");
            }
        }

        void Required(string key, string value, Func<string, bool> isValid, string syntax)
        {
            if (value.Length == 0)
            {
                draft.Refuse(key, null, $"{key} is required, it must not be empty", "set it, or remove the key for the default");
            }
            else if (!isValid(value))
            {
                Refuse(key, value, "is not valid", $"use {syntax}");
            }
        }

        void Refuse(string key, string value, string problem, string remedy)
        {
            // Somebody may have put the token itself there, or a password before the host.
            var shown = key == "agent-token-secret" || (key == "agent-config.endpoint" && value.Contains('@', StringComparison.Ordinal))
                ? null
                : FragmentText.Quote(value);
            draft.Refuse(key, shown, shown is null ? $"{key} {problem}" : $"{key} {shown} {problem}", remedy);
        }
    }

    private static bool IsSubdomain(string name) => name.Length <= 253 && NameSyntax.DnsSubdomain().IsMatch(name);

    private static bool IsHttp(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.Query.Length + uri.Fragment.Length + uri.UserInfo.Length == 0;
}
