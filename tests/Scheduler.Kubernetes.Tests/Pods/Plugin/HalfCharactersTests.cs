using Scheduler.Kubernetes.Pods.Plugin;

namespace Scheduler.Kubernetes.Tests.Pods.Plugin;

public sealed class HalfCharactersTests
{
    [Theory]
    [InlineData(@"plain", @"plain")]
    [InlineData(@"\ud83d\ude00", @"\ud83d\ude00")]
    [InlineData(@"\uD83D", @"\ufffd")]
    [InlineData(@"\ude00", @"\ufffd")]
    [InlineData(@"\ud83d\ud83d\ude00\ude00", @"\ufffd\ud83d\ude00\ufffd")]
    [InlineData(@"\ud83dx\ude00", @"\ufffdx\ufffd")]
    [InlineData(@"\\ud83d", @"\\ud83d")]
    [InlineData(@"\\\ud83d", @"\\\ufffd")]
    [InlineData(@"\ud8", @"\ud8")]
    [InlineData(@"\ud8zz\", @"\ud8zz\")]
    [InlineData(@"\ue000\n\ud7ff", @"\ue000\n\ud7ff")]
    public void OnlyEscapesOfHalfACharacterAreReplaced(string json, string repaired) =>
        Assert.Equal(repaired, HalfCharacters.Replace(json));

    [Fact]
    public void ManyBackslashesAreReadInNoTime()
    {
        var text = new string('\\', 2_000_000) + @"\ud83d";
        var before = TimeProvider.System.GetTimestamp();
        Assert.EndsWith(@"\ufffd", HalfCharacters.Replace(text), StringComparison.Ordinal);
        Assert.True(TimeProvider.System.GetElapsedTime(before) < TimeSpan.FromSeconds(5));
    }
}
