using System.Text;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>The reference of all top-level keys, made from <see cref="ConfigurationKeys"/>.</summary>
public static class ConfigurationReference
{
    /// <summary>Markdown, one table for each section.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder();
        foreach (var section in ConfigurationKeys.All.GroupBy(key => key.Section).OrderBy(group => group.Key))
        {
            text.Append($"## {section.Key}\n\n| Key | Type | Default | Flag | Variable | Meaning |\n|---|---|---|---|---|---|\n");
            foreach (var key in section)
            {
                var flag = key.Flag is null ? "" : $"--{key.Flag}";
                text.Append($"| `{key.Name}` | {key.TypeName} | {Code(key.Default)} | {Code(flag)} | {Code(key.Variable ?? "")} | ");
                text.Append($"{key.Description}{(key.IsOurs ? " (not in agent-stack-k8s)" : "")} |\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";
}
