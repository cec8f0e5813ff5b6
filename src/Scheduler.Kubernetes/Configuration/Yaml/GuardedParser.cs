using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Scheduler.Kubernetes.Configuration.Yaml;

/// <summary>
/// YamlDotNet 18.1.0 throws <see cref="InvalidOperationException"/> on some broken texts (a <c>#</c> inside a word inside braces);
/// here that becomes a <see cref="YamlException"/>.
/// </summary>
internal sealed class GuardedParser(IParser parser) : IParser
{
    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException)
        {
            var at = Current?.End ?? Mark.Empty;
            throw new YamlException(at, at, "what follows is not YAML", e);
        }
    }
}
