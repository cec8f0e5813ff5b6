using System.Text.RegularExpressions;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Leases;

/// <summary>Which lease, and how long its holder may be silent.</summary>
public sealed partial record LeaseOptions
{
    private const int LongestName = 63;

    public required string Namespace { get; init; }

    /// <summary>The Lease object's name: lower-case letters, digits, <c>-</c> and <c>.</c>, at most 63.</summary>
    public required string Name { get; init; }

    /// <summary>Who holds it, for people; a random part is added.</summary>
    public required string HolderName { get; init; }

    /// <summary>Others may take the lease once its holder has not renewed it for this long. At least 2 s.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Time from one renewal to the next; less than half of <see cref="Duration"/>.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most time one call may take; less than half of <see cref="Duration"/>.</summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The holder stops this long before others may take the lease: for clocks that run at different speeds.</summary>
    public TimeSpan SafetyMargin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A lease with the configured durations, in the namespace of the scheduler itself.</summary>
    public static LeaseOptions For(ControllerOptions options, string name, string holderName)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new LeaseOptions
        {
            Namespace = options.SchedulerNamespace,
            Name = name,
            HolderName = holderName,
            Duration = options.LeaseDuration,
            RenewInterval = options.LeaseRenewInterval,
            OperationTimeout = options.LeaseOperationTimeout,
        };
    }

    /// <summary>All that is wrong, each with value and remedy; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (!ObjectName().IsMatch(Name) || Name.Length > LongestName)
        {
            yield return $"lease name '{Name}' is no Kubernetes name; use at most {LongestName} lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit";
        }

        if (string.IsNullOrWhiteSpace(Namespace))
        {
            yield return "lease namespace is empty; name the namespace the controller runs in";
        }

        if (string.IsNullOrWhiteSpace(HolderName))
        {
            yield return "lease holder name is empty; use the pod's name";
        }

        if (Duration < TimeSpan.FromSeconds(2))
        {
            yield return $"lease duration {Duration.TotalSeconds} s is too short; use 2 s or more";
        }

        if (RenewInterval <= TimeSpan.Zero || RenewInterval >= Duration / 2)
        {
            yield return $"lease renew interval {RenewInterval.TotalSeconds} s must be above 0 and below half the duration of {Duration.TotalSeconds} s";
        }

        if (OperationTimeout <= TimeSpan.Zero || OperationTimeout >= Duration / 2)
        {
            yield return $"lease operation timeout {OperationTimeout.TotalSeconds} s must be above 0 and below half the duration of {Duration.TotalSeconds} s";
        }

        if (SafetyMargin < TimeSpan.Zero || SafetyMargin >= Duration / 4)
        {
            yield return $"lease safety margin {SafetyMargin.TotalSeconds} s must not be negative and must be below a quarter of the duration of {Duration.TotalSeconds} s";
        }
    }

    /// <exception cref="ArgumentException">The options contradict themselves; the message names all that is wrong.</exception>
    public void Validate()
    {
        var problems = string.Join("; ", Problems());
        if (problems.Length > 0)
        {
            throw new ArgumentException(problems);
        }
    }

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ObjectName();
}
