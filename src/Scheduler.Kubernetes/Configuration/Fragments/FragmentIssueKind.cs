namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>What a <see cref="FragmentIssue"/> is about.</summary>
public enum FragmentIssueKind
{
    /// <summary>No such key; <see cref="FragmentIssue.Nearest"/> may name the one meant.</summary>
    UnknownField,

    /// <summary>A key in other capitals than the one it is taken for, which is <see cref="FragmentIssue.Nearest"/>.</summary>
    OtherCapitals,

    /// <summary>A value of another type, or of the right type in a form that is not allowed.</summary>
    WrongType,

    /// <summary>A text that is none of those allowed here.</summary>
    UnknownChoice,

    /// <summary>Nested too deep, or too many values.</summary>
    TooLarge,

    /// <summary>Stands for those not told one by one; <see cref="FragmentIssue.Expected"/> says how many.</summary>
    More,
}
