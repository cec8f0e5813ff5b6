using System.Collections.Immutable;
using System.Text;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>The list syntax of flags and variables: <c>a=1,b=2</c>, <c>\,</c> for a comma in a value, blanks kept (configuration.md §2).</summary>
public static class TagList
{
    /// <summary>The empty text is the empty list; a comma at the end adds nothing.</summary>
    public static ImmutableArray<string> Parse(string text)
    {
        var (items, item) = (ImmutableArray.CreateBuilder<string>(), new StringBuilder());
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when i + 1 < text.Length:
                    i++;
                    item.Append(text[i] == ',' ? "," : $"\\{text[i]}");
                    break;
                case ',':
                    items.Add(item.ToString());
                    item.Clear();
                    break;
                default:
                    item.Append(text[i]);
                    break;
            }
        }

        if (item.Length > 0)
        {
            items.Add(item.ToString());
        }

        return items.ToImmutable();
    }
}
