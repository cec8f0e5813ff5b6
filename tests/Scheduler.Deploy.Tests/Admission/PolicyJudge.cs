using System.Text.Json;
using Cel;
using k8s;
using k8s.Models;

namespace Scheduler.Deploy.Tests.Admission;

/// <summary>
/// Runs a policy's CEL on a Job, with the functions of Kubernetes that our policies use. An error counts as a refusal, as with
/// <c>failurePolicy: Fail</c>. It does not know Kubernetes' types and costs: for these only a real server will do.
/// </summary>
internal sealed class PolicyJudge
{
    private readonly V1ValidatingAdmissionPolicySpec _policy;
    private readonly CelEnvironment _cel = new([], "");

    public PolicyJudge(V1ValidatingAdmissionPolicy policy)
    {
        _policy = policy.Spec;
        _cel.RegisterFunction("split", [typeof(string), typeof(string)], Split);
    }

    /// <summary>Whether the policy has anything to say of what this user sends.</summary>
    public bool Concerns(string user)
    {
        var request = new Dictionary<string, object?>
        {
            ["request"] = new Dictionary<string, object?> { ["userInfo"] = new Dictionary<string, object?> { ["username"] = user } },
        };
        return _policy.MatchConditions.All(condition => IsTrue(condition.Expression, request));
    }

    /// <summary>The first validation that fails, in its words; null when the Job may be created.</summary>
    public string? Refusal(V1Job job, V1Lease? parameter = null)
    {
        var known = new Dictionary<string, object?>
        {
            ["object"] = Plain(JsonDocument.Parse(KubernetesJson.Serialize(job)).RootElement),
            ["params"] = parameter is null ? null : Plain(JsonDocument.Parse(KubernetesJson.Serialize(parameter)).RootElement),
        };
        var variables = new Dictionary<string, object?>();
        known["variables"] = variables;
        foreach (var variable in _policy.Variables ?? [])
        {
            variables[variable.Name] = _cel.Compile(variable.Expression).Invoke(known);
        }

        return _policy.Validations.FirstOrDefault(validation => !IsTrue(validation.Expression, known))?.Message;
    }

    private bool IsTrue(string expression, Dictionary<string, object?> known) => _cel.Compile(expression).Invoke(known) is true;

    private static object? Split(object?[] arguments) => ((string)arguments[0]!).Split((string)arguments[1]!).ToArray<object?>();

    private static object? Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().ToDictionary(field => field.Name, field => Plain(field.Value)),
        JsonValueKind.Array => json.EnumerateArray().Select(Plain).ToArray(),
        JsonValueKind.Number => json.TryGetInt64(out var number) ? number : json.GetDouble(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
