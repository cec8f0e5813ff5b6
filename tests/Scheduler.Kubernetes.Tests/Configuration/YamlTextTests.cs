using Scheduler.Kubernetes.Configuration.Yaml;

namespace Scheduler.Kubernetes.Tests.Configuration;

public class YamlTextTests
{
    [Theory]
    [InlineData("y", "true")]
    [InlineData("Yes", "true")]
    [InlineData("ON", "true")]
    [InlineData("true", "true")]
    [InlineData("n", "false")]
    [InlineData("no", "false")]
    [InlineData("Off", "false")]
    [InlineData("yEs", "\"yEs\"")]
    [InlineData("'yes'", "\"yes\"")]
    [InlineData("\"1\"", "\"1\"")]
    [InlineData("!!str 5", "\"5\"")]
    [InlineData("! 5", "\"5\"")]
    [InlineData("!!int 5", "5")]
    [InlineData("!!float 5", "5")]
    [InlineData("!!binary aGk=", "\"hi\"")]
    [InlineData("", "null")]
    [InlineData("~", "null")]
    [InlineData("Null", "null")]
    [InlineData("5", "5")]
    [InlineData("+5", "5")]
    [InlineData("-5", "-5")]
    [InlineData("0755", "493")]
    [InlineData("0o17", "15")]
    [InlineData("0x1F", "31")]
    [InlineData("0b11", "3")]
    [InlineData("1_000", "1000")]
    [InlineData("089", "89")]
    [InlineData("1e3", "1000")]
    [InlineData("60.0", "60")]
    [InlineData("1.5", "1.5")]
    [InlineData(".5", "0.5")]
    [InlineData("1e999", "\"1e999\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("2026-01-31", "\"2026-01-31\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("-", "[null]")]
    [InlineData("'-'", "\"-\"")]
    [InlineData("_1", "\"_1\"")]
    [InlineData("|\n  text", "\"text\"")]
    public void ScalarsFollowYaml11(string text, string json) => Assert.Equal(json, Read(text));

    [Theory]
    [InlineData("{a: 1, b: 2, a: 3}", """{"a":3,"b":2}""")]
    [InlineData("1: a\nyes: b\n1.5: c", """{"1":"a","true":"b","1.5":"c"}""")]
    [InlineData("a: &x [1]\nb: *x", """{"a":[1],"b":[1]}""")]
    [InlineData("base: &x {a: 1, b: 2}\n<<: *x\nb: 3", """{"base":{"a":1,"b":2},"b":3,"a":1}""")]
    [InlineData("b: 3\n<<: [{a: 1}, {a: 2, c: 4}]", """{"b":3,"a":1,"c":4}""")]
    [InlineData("'<<': 1", """{"\u003C\u003C":1}""")]
    [InlineData("a: 1\n---\nb: 2", """{"a":1}""")]
    [InlineData("a: 1\n---\n[", """{"a":1}""")]
    [InlineData("%YAML 1.1\n---\na: 1", """{"a":1}""")]
    [InlineData("{\n\t\"a\":\t1,\n\t\"b\": \"\\u00e9\\/\"}", """{"a":1,"b":"\u00E9/"}""")]
    [InlineData("# nothing", "null")]
    public void MappingsAndAliasesAreResolved(string text, string json) => Assert.Equal(json, Read(text));

    [Theory]
    [InlineData("a: b: c")]
    [InlineData("a: 'x")]
    [InlineData("a:\n\t- b")]
    [InlineData("a: *nowhere")]
    [InlineData("a: &x {b: *x}")]
    [InlineData("? [a]\n: b")]
    [InlineData("~: b")]
    [InlineData("<<: 1")]
    [InlineData("<<: [1]")]
    [InlineData("a: .inf")]
    [InlineData("a: .NaN")]
    [InlineData("a: !!int x")]
    [InlineData("a: !!bool 1")]
    [InlineData("a: !!binary '*'")]
    [InlineData("? {<a#<-<{")]
    public void WhatCannotBeReadIsToldWithItsLine(string text)
    {
        Assert.False(YamlText.TryRead(text, out _, out var problem));
        Assert.StartsWith("line ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void DeepNestingIsRefused(char open)
    {
        Assert.False(YamlText.TryRead(new string(open, 100_000), out _, out var problem));
        Assert.Contains("nesting", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void AliasesOfAliasesCannotExhaustMemoryOrStack()
    {
        var wide = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + Lines(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]");
        var deep = "a0: &a0 [x]\n" + Lines(i => $"a{i}: &a{i} [[[[[[[[[[*a{i - 1}]]]]]]]]]]");
        var merged = "a0: &a0 {b: &b [1]}\n" + Lines(i => $"a{i}: &a{i}\n  <<: *a{i - 1}\n  k: *a{i - 1}");

        Assert.All([wide, deep, merged], text =>
        {
            Assert.False(YamlText.TryRead(text, out _, out var problem));
            Assert.Contains("no more than", problem, StringComparison.Ordinal);
        });

        static string Lines(Func<int, string> line) => string.Join('\n', Enumerable.Range(1, 80).Select(line));
    }

    private static string Read(string text)
    {
        Assert.True(YamlText.TryRead(text, out var root, out var problem), problem);
        return root?.ToJsonString() ?? "null";
    }
}
