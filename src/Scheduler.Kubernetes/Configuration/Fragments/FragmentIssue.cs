namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>One thing wrong with a fragment.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Path">Where, from the fragment's root: <c>pod-spec-patch.containers[0].image</c>.</param>
/// <param name="Found">What is there, short, in words or quoted; null when it is secret or beside the point.</param>
/// <param name="Expected">What should be there; null for unknown keys.</param>
/// <param name="Nearest">The name of a known key close to the unknown one; null when none is.</param>
public sealed record FragmentIssue(FragmentIssueKind Kind, string Path, string? Found, string? Expected, string? Nearest)
{
    /// <summary>Path, what is wrong and what would be right, in one sentence without full stop.</summary>
    public string Message => Kind switch
    {
        FragmentIssueKind.More => Expected ?? "and more",
        FragmentIssueKind.UnknownField when Nearest is not null => $"{Path} is not a known key; did you mean {Nearest}?",
        FragmentIssueKind.UnknownField => $"{Path} is not a known key",
        FragmentIssueKind.OtherCapitals => $"{Path} is taken for {Nearest}; write it so",
        FragmentIssueKind.UnknownChoice => $"{Path}: invalid {Path[(Path.LastIndexOf('.') + 1)..]} {Found}, must be one of: {Expected}",
        _ => $"{(Path.Length == 0 ? "" : $"{Path}: ")}expected {Expected}{(Found is null ? "" : $", found {Found}")}",
    };

    public override string ToString() => Message;
}
