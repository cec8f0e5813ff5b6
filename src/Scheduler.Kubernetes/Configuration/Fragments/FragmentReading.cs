using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>
/// What one reading has found so far. Only so many issues are kept and put into words, the others are counted: however much is
/// wrong with a fragment, saying so costs little.
/// </summary>
internal sealed class FragmentReading(FragmentMode mode)
{
    /// <summary>More than a report of <see cref="Pipelines.PipelineLint"/> shows.</summary>
    private const int MostOfAFile = 250;

    private readonly IssueList _errors = new(mode == FragmentMode.Strict ? MostOfAFile : CappedTexts.Most);
    private readonly IssueList _warnings = new(mode == FragmentMode.Strict ? MostOfAFile : CappedTexts.Most);

    /// <summary>The first ones, and one that counts the others.</summary>
    public ImmutableArray<FragmentIssue> Errors => _errors.More == 0
        ? _errors.Kept
        : _errors.Kept.Add(new FragmentIssue(FragmentIssueKind.More, "", null, CappedTexts.AndMore(_errors.More), null));

    /// <summary>The first ones; <see cref="MoreWarnings"/> counts the others.</summary>
    public ImmutableArray<FragmentIssue> Warnings => _warnings.Kept;

    public int MoreWarnings => _warnings.More;

    public void Add(FragmentIssueKind kind, string path, string? found, string expected) =>
        _errors.Add(() => new FragmentIssue(kind, path, found, expected, null));

    public void WrongType(string path, JsonNode? node, string expected) => _errors.Add(() => new FragmentIssue(
        FragmentIssueKind.WrongType, path, SecretPaths.Contains(path) ? FragmentText.KindOf(node) : FragmentText.Show(node), expected, null));

    /// <param name="path">Where the key is.</param>
    /// <param name="key">The key, which is none of the known ones.</param>
    /// <param name="known">One of them may have been meant.</param>
    public void Unknown(string path, string key, IEnumerable<string> known) => (mode == FragmentMode.Strict ? _errors : _warnings).Add(
        () => new FragmentIssue(FragmentIssueKind.UnknownField, path, null, null, NearestName.Of(key, known)));

    /// <summary>A job's author is not told: the original takes any capitals and says nothing.</summary>
    public void OtherCapitals(string path, string name)
    {
        if (mode == FragmentMode.Strict)
        {
            _warnings.Add(() => new FragmentIssue(FragmentIssueKind.OtherCapitals, path, null, null, name));
        }
    }

    private sealed class IssueList(int most)
    {
        private readonly ImmutableArray<FragmentIssue>.Builder _kept = ImmutableArray.CreateBuilder<FragmentIssue>();

        public int More { get; private set; }

        public ImmutableArray<FragmentIssue> Kept => _kept.ToImmutable();

        public void Add(Func<FragmentIssue> issue)
        {
            if (_kept.Count < most)
            {
                _kept.Add(issue());
            }
            else
            {
                More++;
            }
        }
    }
}
