using Scheduler.Kubernetes.Configuration.Yaml;

namespace Scheduler.Kubernetes.Pipelines;

/// <summary>Finds the kubernetes plugins of all steps of a pipeline, also in groups and in commands written as mappings.</summary>
internal sealed class PipelineSteps
{
    private static readonly string[] NestedSteps = ["command", "commands", "script"];

    private readonly List<YamlMember> _plugins = [];
    private readonly List<PipelineFinding> _findings = [];

    /// <summary>Name and configuration.</summary>
    public IReadOnlyList<YamlMember> Plugins => _plugins;

    public IReadOnlyList<PipelineFinding> Findings => _findings;

    /// <param name="root">The document: a mapping with <c>steps</c>, or a list of steps.</param>
    public void Read(YamlPart? root)
    {
        switch (root)
        {
            case YamlMappingPart pipeline when pipeline.Find("steps") is { } steps:
                WarnOfRepeated(pipeline);
                Steps(steps.Value);
                break;
            case YamlMappingPart pipeline:
                Refuse(pipeline, "the pipeline has no key steps; write its steps there, as a list");
                break;
            case YamlListPart list:
                Steps(list);
                break;
            default:
                _findings.Add(new PipelineFinding(
                    root?.Place ?? TextPlace.Start, $"expected a mapping with the key steps, or a list of steps, found {KindOf(root)}"));
                break;
        }
    }

    private void Steps(YamlPart steps)
    {
        if (steps is not YamlListPart list)
        {
            Refuse(steps, $"steps: expected a list, found {KindOf(steps)}");
            return;
        }

        foreach (var item in list.Items)
        {
            switch (item)
            {
                case YamlMappingPart step:
                    Step(step);
                    break;
                case YamlScalarPart { Text: not null }:
                    // wait, block and their like.
                    break;
                default:
                    Refuse(item, $"expected a step, which is a mapping or a word such as wait, found {KindOf(item)}");
                    break;
            }
        }
    }

    private void Step(YamlMappingPart step)
    {
        WarnOfRepeated(step);
        if (step.Find("plugins") is { } plugins)
        {
            PluginsOf(plugins.Value);
        }

        if (step.Find("steps") is { } steps)
        {
            Steps(steps.Value);
        }

        foreach (var nested in NestedSteps.Select(key => step.Find(key)?.Value).OfType<YamlMappingPart>())
        {
            Step(nested);
        }
    }

    private void PluginsOf(YamlPart plugins)
    {
        switch (plugins)
        {
            case YamlMappingPart map:
                Mapping(map);
                break;
            case YamlListPart list:
                foreach (var item in list.Items)
                {
                    Item(item);
                }

                break;
            case YamlScalarPart { IsNull: true }:
                break;
            default:
                Refuse(plugins, $"plugins: expected a list, found {KindOf(plugins)}");
                break;
        }
    }

    private void Item(YamlPart item)
    {
        switch (item)
        {
            case YamlMappingPart { Members.Length: 1 } map:
                Mapping(map);
                break;
            case YamlMappingPart { Members: var members }:
                Refuse(item, members.IsEmpty
                    ? "a plugin is a mapping with its name as the only key, found an empty one"
                    : $"a plugin is a mapping with its name as the only key, found the keys {string.Join(", ", members.Take(5).Select(member => member.Name))}; "
                        + "indent what belongs to the plugin below its name");
                break;
            case YamlScalarPart { Text: { } name }:
                Plugin(new YamlMember(name, item.Place, new YamlScalarPart(item.Place, null)));
                break;
            default:
                Refuse(item, $"expected a plugin, which is a name or a mapping with the name as its only key, found {KindOf(item)}");
                break;
        }
    }

    private void Mapping(YamlMappingPart map)
    {
        WarnOfRepeated(map);
        foreach (var member in map.Members)
        {
            Plugin(member);
        }
    }

    private void Plugin(YamlMember plugin)
    {
        var name = PluginName.Read(plugin.Name);
        if (name.IsKubernetes)
        {
            _plugins.Add(plugin);
        }
        else if (name.Warning is { } warning)
        {
            _findings.Add(new PipelineFinding(plugin.Place, warning, IsError: false));
        }
    }

    private void WarnOfRepeated(YamlMappingPart map) => _findings.AddRange(RepeatedKeys.Of(map));

    private void Refuse(YamlPart part, string message) => _findings.Add(new PipelineFinding(part.Place, message));

    private static string KindOf(YamlPart? part) => part switch
    {
        YamlMappingPart => "a mapping",
        YamlListPart => "a list",
        YamlScalarPart { Text: not null } => "a text",
        YamlScalarPart { IsNull: false } => "a number or boolean",
        _ => "nothing",
    };
}
