using Scheduler.Kubernetes.Configuration;

namespace Scheduler.Deploy.Tests;

/// <summary>The written reference is what the option records say.</summary>
public sealed class ConfigurationDocumentTests
{
    [Fact]
    public void TheDocumentIsTheOneTheProgramPrints() => Assert.True(
        File.ReadAllText(DeployFolder.Configuration) == ConfigurationReference.Markdown(),
        $"deploy/CONFIGURATION.md does not say what the option records say; run: {ConfigurationReference.Command}");
}
