using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>What one reading has found so far.</summary>
internal sealed class FragmentReading(FragmentMode mode)
{
    private readonly List<FragmentIssue> _errors = [];
    private readonly List<FragmentIssue> _warnings = [];

    public ImmutableArray<FragmentIssue> Errors => [.. _errors];

    public ImmutableArray<FragmentIssue> Warnings => [.. _warnings];

    public void Add(FragmentIssueKind kind, string path, string? found, string expected) =>
        _errors.Add(new FragmentIssue(kind, path, found, expected, null));

    public void WrongType(string path, JsonNode? node, string expected) =>
        Add(FragmentIssueKind.WrongType, path, SecretPaths.Contains(path) ? FragmentText.KindOf(node) : FragmentText.Show(node), expected);

    public void Unknown(string path, string? nearest) =>
        (mode == FragmentMode.Strict ? _errors : _warnings).Add(new FragmentIssue(FragmentIssueKind.UnknownField, path, null, null, nearest));

    /// <summary>A job's author is not told: the original takes any capitals and says nothing.</summary>
    public void OtherCapitals(string path, string name)
    {
        if (mode == FragmentMode.Strict)
        {
            _warnings.Add(new FragmentIssue(FragmentIssueKind.OtherCapitals, path, null, null, name));
        }
    }
}
