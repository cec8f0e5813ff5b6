using System.Diagnostics;
using System.Text.Json;
using Scheduler.Core.Text;

namespace Scheduler.Core.Tests.Text;

public sealed class NamedSecretsTests
{
    private static readonly NamedSecrets Secrets = new(["MY_OWN_*"]);

    public static TheoryData<string> Writings()
    {
        var json = """{"jobs":[{"env":{"DB_PASSWORD":"hun\"ter\\","PATH":"/bin"}}],"nested":{"A_TOKEN":{"deep":["hunter",{"x":"hunter }"}]},"B":1}}""";
        return
        [
            "DB_PASSWORD=hunter PATH=/bin",
            "DB_PASSWORD='hunter hunter' PATH=/bin",
            "db_password: hunter\nPATH: /bin",
            "MY_OWN_THING=hunter PATH=/bin",
            "DB_PASSWORD=hunter,hunter'hunter;hunter PATH=/bin",
            "Authorization: Bearer hunter PATH=/bin",
            "{ Name = DB_PASSWORD, Value = hunter } PATH=/bin",
            json,
            JsonSerializer.Serialize(json),
            JsonSerializer.Serialize(JsonSerializer.Serialize(json)),
            JsonSerializer.Serialize(new { body = JsonSerializer.Serialize(json, Relaxed) }, Relaxed),
            """{"PATH":"/bin","env":[{"name":"A","value":"1"},{"name":"DB_PASSWORD","value":"hunter"},{"name":"B","value":"2"}]}""",
            """{"PATH":"/bin","env":[{"name":"DB_PASSWORD","optional":true,"value":"hun{ter"}]}""",
            """{"PATH":"/bin","env":[{"value":"hun{ter}, \"name\":\"A\"","name":"DB_PASSWORD"}]}""",
            """{"PATH":"/bin","env":[{"value":{"a":"hunter"},"name":"DB_PASSWORD"}]}""",
            "env:\n- name: PATH\n  value: /bin\n- name: DB_PASSWORD\n  value: hunter\n",
            "PATH: /bin\nenv:\n- value: hunter\n  name: DB_PASSWORD\n- value: b\n  name: A\n",
            "PATH=/bin\nDB_PRIVATE_KEY: |\n  hunter\n  hunter\n",
            "/bin DB_PASSWORD=\"hunter",
            """/bin {"DB_PASSWORD": "hunter\""",
        ];
    }

    [Theory]
    [MemberData(nameof(Writings))]
    public void TheValueOfASecretVariableIsMaskedHoweverItIsWritten(string text)
    {
        var masked = Secrets.Mask(text);
        Assert.DoesNotContain("hun", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("ter", masked.Replace("[REDACTED]", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("[REDACTED]", masked, StringComparison.Ordinal);
        Assert.Contains("/bin", masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token of organization acme, lease held as pod-0")]
    [InlineData("""{"name":"PATH","value":"/bin"}""")]
    [InlineData("secret default/buildkite-agent-token (agent-token-secret) has no value for BUILDKITE_AGENT_TOKEN; put it there")]
    public void OtherTextsStayAsTheyAre(string text) => Assert.Same(text, Secrets.Mask(text));

    [Theory]
    [InlineData("value=")]
    [InlineData("name={")]
    [InlineData("value={\"")]
    [InlineData("A_TOKEN=Token ")]
    [InlineData("\\")]
    [InlineData("\"")]
    [InlineData("{value:[")]
    [InlineData("A_TOKEN:{")]
    [InlineData("x='")]
    [InlineData("a")]
    public void NoTextTakesLong(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 500_000 / part.Length));
        var clock = Stopwatch.StartNew();
        Secrets.Mask(text);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
