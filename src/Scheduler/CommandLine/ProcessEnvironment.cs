using System.Collections;

namespace Scheduler.CommandLine;

/// <summary>The environment variables of this process.</summary>
internal static class ProcessEnvironment
{
    public static Dictionary<string, string> Read() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => variable.Value as string ?? "");
}
