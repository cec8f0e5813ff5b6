using System.Text.Json.Nodes;
using CsCheck;

namespace Scheduler.Kubernetes.Tests.Pods;

/// <summary>Plugins that authors might write on a bad day: good ones with some of their values replaced.</summary>
internal static class RandomPlugin
{
    public static string[] Examples { get; } =
    [
        "{}",
        """
        {"podSpec":{
           "serviceAccountName":"a","hostNetwork":true,"terminationGracePeriodSeconds":30,"nodeSelector":{"a":"b"},
           "tolerations":[{"key":"k","operator":"Exists"}],"imagePullSecrets":[{"name":"r"}],
           "securityContext":{"runAsUser":1000,"runAsGroup":1001},
           "topologySpreadConstraints":[{"topologyKey":"z","maxSkew":1,"whenUnsatisfiable":"DoNotSchedule"}],
           "volumes":[{"name":"v","emptyDir":{"sizeLimit":"1Gi"}},{"name":"w","projected":{"sources":[{"secret":{"name":"x"}}]}}],
           "initContainers":[{"name":"i","image":"busybox:1","command":["true"]}],
           "containers":[{"name":"c","image":"alpine:3","command":["a","b c"],"args":["d"],"env":[{"name":"A","value":"1"}],
             "ports":[{"containerPort":80}],"volumeMounts":[{"name":"v","mountPath":"/v"}],
             "resources":{"limits":{"cpu":"1","memory":"1Gi"}},"livenessProbe":{"httpGet":{"path":"/","port":80}}},
             {"image":"b"}]},
         "sidecars":[{"name":"s","image":"redis"}],
         "gitEnvFrom":[{"secretRef":{"name":"g"}}],
         "extraVolumeMounts":[{"name":"v","mountPath":"/x"}],
         "metadata":{"labels":{"a":"b"},"annotations":{"c":"d"}},
         "commandParams":{"interposer":"vector"},
         "checkout":{"skip":false,"gitMirrors":{"path":"/m","lockTimeout":5}},
         "jobActiveDeadlineSeconds":100}
        """,
        """
        {"metadata":{
           "labels":{"buildkite.com/job-uuid":"x","buildkite.com/controller-id":"y","scheduler.buildkite.com/node":"true","app":"agent-stack-k8s"},
           "annotations":{"scheduler.buildkite.com/grant":"1/1","scheduler.buildkite.com/facts":"{}"}},
         "podSpec":{"hostname":"agent-stack-k8s-0","subdomain":"agent-stack-k8s","containers":[{"image":"a"}]},
         "podSpecPatch":{"metadata":{"labels":{"scheduler.buildkite.com/node":"true"}},"nodeSelector":{"scheduler.buildkite.com/node":"true"}}}
        """,
        """
        {"podTemplate":"",
         "podSpecPatch":{
           "nodeSelector":{"$patch":"replace","x":"y"},"hostAliases":[{"ip":"1.2.3.4","hostnames":["h"]}],
           "containers":[{"name":"container-0","command":["x"],"env":[{"name":"A","value":"2"}],"resources":{"requests":{"cpu":0.5}}},
             {"name":"agent","env":[{"name":"BUILDKITE_SHELL","value":"sh"}]},{"name":"new","image":"n"}],
           "volumes":[{"name":"workspace","emptyDir":{"medium":"Memory"}}]}}
        """,
    ];

    private static readonly string[] Replacements =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\"text\"", "\"$(A)\"", "[]", "{}", "[null]", "[[]]", "[{}]",
        "{\"name\":null}", "{\"$patch\":\"delete\"}", "{\"\":{}}", "\"\\u0000\\ud800 \\udc00 \\ud83d\\ude00 größe 漢字\"", "\"1e9999\"", "\"-5Mi\"",
        "\"\\\\\\\"\\n\"", "[1,\"a\",null,{}]", "[[[[[[[[[[]]]]]]]]]]", "\"UPPER/Case:Tag\"", "\"agent\"", "\"checkout\"", "\"copy-agent\"",
    ];

    /// <summary>Texts of plugin values; most are JSON.</summary>
    public static Gen<string> Texts { get; } = Gen.Select(Gen.Int[0, Examples.Length - 1].Select(i => Examples[i]), Gen.Int[0, 4], Gen.Int, Spoil);

    private static string Spoil(string example, int changes, int seed)
    {
        var random = new Random(seed);
        var root = JsonNode.Parse(example)!;
        for (var i = 0; i < changes; i++)
        {
            Change(root, random, i);
        }

        var text = root.ToJsonString();
        for (var i = 0; i < changes; i++)
        {
            text = text.Replace($"\"@{i}@\"", Replacements[random.Next(Replacements.Length)], StringComparison.Ordinal);
        }

        return random.Next(20) == 0 && text.Length > 2 ? text[..random.Next(text.Length)] : text;
    }

    /// <summary>Puts a place holder where a value is or could be; what stands for it need not be JSON that .NET can hold.</summary>
    private static void Change(JsonNode root, Random random, int number)
    {
        var node = root;
        while (true)
        {
            switch (node)
            {
                case JsonObject map when map.Count > 0:
                    var key = map.ElementAt(random.Next(map.Count)).Key;
                    if (map[key] is not (JsonObject or JsonArray) || random.Next(4) == 0)
                    {
                        map[random.Next(8) == 0 ? key + "x" : key] = $"@{number}@";
                        return;
                    }

                    node = map[key];
                    break;
                case JsonArray list when list.Count > 0:
                    var index = random.Next(list.Count);
                    if (list[index] is not (JsonObject or JsonArray) || random.Next(6) == 0)
                    {
                        list[index] = $"@{number}@";
                        return;
                    }

                    node = list[index];
                    break;
                default:
                    return;
            }
        }
    }
}
