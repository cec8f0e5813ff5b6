using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Scheduler.Core.Identity;

namespace Scheduler.Buildkite.Wire;

/// <summary>
/// An entry of a list page. Settable, since the reader boxes what it passes to constructors and there are a thousand a page.
/// </summary>
internal sealed class ListedJob
{
    [JsonConverter(typeof(JobIdConverter))]
    public JobId? Id { get; set; }

    [JsonConverter(typeof(PriorityConverter))]
    public int? Priority { get; set; }

    public ImmutableArray<string>? AgentQueryRules { get; set; }

    [JsonConverter(typeof(InstantConverter))]
    public DateTimeOffset? ScheduledAt { get; set; }
}
