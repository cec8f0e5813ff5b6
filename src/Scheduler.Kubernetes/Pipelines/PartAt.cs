using System.Globalization;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Configuration.Yaml;

namespace Scheduler.Kubernetes.Pipelines;

/// <summary>Where in a text the paths of messages lead.</summary>
internal static class PartAt
{
    /// <summary>The key and value at the path, or as near to it as can be reached.</summary>
    /// <param name="root">What the path starts from.</param>
    /// <param name="path">As <see cref="FragmentText.Child"/> makes it: <c>podSpec.containers[0].image</c>.</param>
    public static YamlMember Find(YamlMember root, string path)
    {
        var (found, rest) = (root, path);
        while (rest.Length > 0)
        {
            var (next, length) = Step(found.Value, rest);
            if (next is null)
            {
                break;
            }

            (found, rest) = (next, rest[length..].TrimStart('.'));
        }

        return found;
    }

    private static (YamlMember? Next, int Length) Step(YamlPart part, string path) => part switch
    {
        YamlListPart list when path.IndexOf(']', StringComparison.Ordinal) is var end and > 0
            && int.TryParse(path.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Items.Length =>
            (new YamlMember("", list.Items[index].Place, list.Items[index]), end + 1),
        YamlMappingPart map => map.Members
            .Select(member => (Member: (YamlMember?)member, FragmentText.Child("", member.Name).Length))
            .FirstOrDefault(child => StartsWith(path, FragmentText.Child("", child.Member!.Name))),
        _ => (null, 0),
    };

    private static bool StartsWith(string path, string segment) =>
        path.StartsWith(segment, StringComparison.Ordinal) && (path.Length == segment.Length || path[segment.Length] is '.' or '[');
}
