using k8s.Models;

namespace Scheduler.Kubernetes.Images;

/// <summary>
/// The images whose pull is tried before the job starts, so that a missing one fails the pod early: each image once, in the
/// order of first use (pod-building.md §10.2, §10.3). For the building of one pod.
/// </summary>
internal sealed class ImageChecks(ImagePolicies policies, InvalidImages invalid)
{
    private readonly List<ImageCheck> _checks = [];

    /// <summary>
    /// Wants the container's image checked. Returns its own pull policy, which need not pull again what the check just pulled;
    /// null when the image is not valid.
    /// </summary>
    public string? Add(V1Container container)
    {
        if (!invalid.TryParse(container, out var image))
        {
            return null;
        }

        var choice = policies.ForChecked(container.ImagePullPolicy, image);
        Raise(container.Image, choice.Check);
        return choice.Own;
    }

    /// <summary>
    /// An init container pulls its image before any check could. When its policy is as demanding as the check's, the check has
    /// nothing to add.
    /// </summary>
    public void Cover(V1Container initContainer)
    {
        if (invalid.TryParse(initContainer, out _))
        {
            _checks.RemoveAll(check =>
                check.Image == initContainer.Image && PullPolicy.Rank(initContainer.ImagePullPolicy) >= PullPolicy.Rank(check.Policy));
        }
    }

    public IReadOnlyList<ImageCheck> Remaining => _checks;

    private void Raise(string image, string? policy)
    {
        var known = _checks.FindIndex(check => check.Image == image);
        if (known < 0)
        {
            _checks.Add(new ImageCheck(image, policy));
        }
        else if (PullPolicy.Rank(policy) > PullPolicy.Rank(_checks[known].Policy))
        {
            _checks[known] = new ImageCheck(image, policy);
        }
    }
}
