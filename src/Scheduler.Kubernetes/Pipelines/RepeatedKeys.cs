using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Configuration.Yaml;

namespace Scheduler.Kubernetes.Pipelines;

/// <summary>Keys that stand twice in one mapping, the first of them for nothing.</summary>
internal static class RepeatedKeys
{
    public static IEnumerable<PipelineFinding> Of(YamlMappingPart map) => map.Overridden.Select(member => new PipelineFinding(
        member.Place, $"{FragmentText.Child("", member.Name)} stands again further down, and only the last one counts", IsError: false));

    /// <summary>Of the part and of all below it.</summary>
    public static IEnumerable<PipelineFinding> Within(YamlPart part) => part switch
    {
        YamlMappingPart map => Of(map).Concat(map.Members.SelectMany(member => Within(member.Value))),
        YamlListPart list => list.Items.SelectMany(Within),
        _ => [],
    };
}
