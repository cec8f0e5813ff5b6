using System.Globalization;
using System.Runtime.InteropServices;
using k8s.Models;

namespace Scheduler.Kubernetes.Pods;

/// <summary>A container's environment while it is put together. Order is kept: a variable may refer only to earlier ones.</summary>
internal sealed class EnvList
{
    private readonly List<V1EnvVar> _variables = new(capacity: 24);

    /// <summary>Appends, also when the name is there already.</summary>
    public EnvList Add(string name, string value)
    {
        _variables.Add(new V1EnvVar { Name = name, Value = value });
        return this;
    }

    public EnvList Add(string name, V1EnvVarSource source)
    {
        _variables.Add(new V1EnvVar { Name = name, ValueFrom = source });
        return this;
    }

    /// <summary>Overwrites the value where the name stands, else appends. Null changes nothing.</summary>
    public EnvList Set(string name, string? value)
    {
        if (value is null)
        {
            return this;
        }

        foreach (ref var variable in CollectionsMarshal.AsSpan(_variables))
        {
            if (variable.Name == name)
            {
                variable = variable with { Value = value };
                return this;
            }
        }

        return Add(name, value);
    }

    public EnvList Set(string name, bool? value) => Set(name, value switch
    {
        true => "true",
        false => "false",
        null => null,
    });

    /// <summary>Joins with commas; an empty list changes nothing.</summary>
    public EnvList Set(string name, IReadOnlyCollection<string> values) =>
        Set(name, values.Count == 0 ? null : string.Join(',', values));

    public EnvList Set(string name, int? value) => Set(name, value?.ToString(CultureInfo.InvariantCulture));

    public List<V1EnvVar> ToList() => _variables;
}
