using Scheduler.Kubernetes.Leases;

namespace Scheduler.Kubernetes.Tests.Leases;

public sealed class LeaseOptionsTests
{
    [Fact]
    public void TheDefaultsAreSound() => Assert.Empty(Options("limiter").Problems());

    [Fact]
    public void AllThatIsWrongIsSaidAtOnce()
    {
        var wrong = Options("Not_A_Name") with { HolderName = " ", RenewInterval = TimeSpan.FromSeconds(4), OperationTimeout = TimeSpan.FromSeconds(5) };

        var error = Assert.Throws<ArgumentException>(wrong.Validate);

        Assert.All(["Not_A_Name", "holder name", "renew interval 4 s", "operation timeout 5 s"], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("limiter-my.cluster", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a.", false)]
    [InlineData("a\n", false)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123", false)]
    public void NamesAreThoseOfKubernetes(string name, bool valid) => Assert.Equal(valid, !Options(name).Problems().Any());

    private static LeaseOptions Options(string name) => new() { Namespace = "default", Name = name, HolderName = "pod-0" };
}
