namespace Scheduler.Kubernetes.Configuration.Yaml;

/// <summary>Which plain words are booleans.</summary>
internal enum YamlWords
{
    /// <summary><c>yes</c>, <c>on</c>, <c>y</c> and their opposites, too: configuration files.</summary>
    Yaml11,

    /// <summary><c>true</c> and <c>false</c> only, as Buildkite's agent reads pipelines.</summary>
    Pipeline,
}
