using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Selecting;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>A request, read to its end.</summary>
/// <param name="Target">What it is about.</param>
/// <param name="Verb">What it wants, as in RBAC rules.</param>
/// <param name="Query">The parameters.</param>
/// <param name="Accept">The media types the client takes.</param>
/// <param name="ContentType">The media type of the body, without parameters.</param>
/// <param name="Body">The body; empty when there is none.</param>
/// <param name="Deadline">After this nothing may be committed any more; null without the <c>timeout</c> parameter.</param>
internal sealed record ApiRequest(
    ApiTarget Target,
    string Verb,
    IQueryCollection Query,
    string Accept,
    string ContentType,
    byte[] Body,
    RequestDeadline? Deadline)
{
    public ResourceType Type => Target.Type;

    /// <exception cref="ApiError">422 for another value than All.</exception>
    public bool IsDryRun
    {
        get
        {
            var values = Query["dryRun"];
            if (values.Count > 0 && values != "All")
            {
                var errors = new FieldErrors();
                errors.NotSupported("dryRun", values.ToString(), "All");
                errors.ThrowIfAny("Options.meta.k8s.io", "");
            }

            return values.Count > 0;
        }
    }

    /// <summary>The same request, with its deadline counted anew.</summary>
    public ApiRequest ArrivedNow(TimeProvider time) => this with { Deadline = RequestDeadline.Parse(Parameter("timeout"), time) };

    public string Parameter(string name) => Query[name].ToString();

    public bool Flag(string name) => Query.TryGetValue(name, out var value) && value.ToString() is ("" or "true" or "1");

    /// <exception cref="ApiError">400 when it is not a whole number.</exception>
    public long? Number(string name)
    {
        var text = Parameter(name);
        if (text.Length == 0)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiError.BadRequest($"{name}: Invalid value: \"{text}\": invalid syntax");
    }

    /// <summary>What a list, a watch or a deletecollection is about.</summary>
    public ObjectSelector Selector() => new(
        Target.Namespace, LabelSelector.Parse(Parameter("labelSelector")), FieldSelector.Parse(Type, Parameter("fieldSelector")));

    /// <summary>The name a fault rule is matched with.</summary>
    public string NameForFaults()
    {
        if (Target.Name is not null || Body.Length == 0)
        {
            return Target.Name ?? "";
        }

        try
        {
            var meta = JsonNode.Parse(Body)?["metadata"];
            return (meta?["name"] ?? meta?["generateName"])?.ToString() ?? "";
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return "";
        }
    }
}
