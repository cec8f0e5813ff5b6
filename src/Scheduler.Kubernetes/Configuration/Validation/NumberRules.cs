using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>Ranges of integers.</summary>
internal static class NumberRules
{
    public static void Check(ControllerOptions options, ConfigurationDraft draft)
    {
        Range("job-active-deadline-seconds", options.JobActiveDeadlineSeconds, 1, int.MaxValue);
        Range("default-termination-grace-period-seconds", options.DefaultTerminationGracePeriodSeconds, 1, int.MaxValue);
        Range("max-in-flight", options.MaxInFlight, 0, int.MaxValue);
        Range("pagination-page-size", options.PaginationPageSize, 1, 1000);
        Range("pagination-depth-limit", options.PaginationDepthLimit, 1, 20);
        Range("reservation-expiry-seconds", options.ReservationExpirySeconds, 0, 3600);
        Range("cluster-port", options.ClusterPort, 0, ushort.MaxValue);
        Range("prometheus-port", options.PrometheusPort, 0, ushort.MaxValue);
        Range("management-port", options.ManagementPort, 0, ushort.MaxValue);
        if (options.ManagementPort > 0 && options.ManagementPort == options.PrometheusPort)
        {
            draft.Refuse("management-port", $"{options.ManagementPort}", "management-port and prometheus-port are the same", "set another port, or 0 for none");
        }

        var (qps, burst) = (options.K8sClientRateLimiterQps, options.K8sClientRateLimiterBurst);
        if (qps > 0 && burst <= 0)
        {
            draft.Refuse(
                "k8s-client-rate-limiter-burst",
                $"{burst}",
                $"k8s-client-rate-limiter-burst must be 1 or greater when k8s-client-rate-limiter-qps is {qps}, not {burst}",
                "set a burst, or a negative k8s-client-rate-limiter-qps for no limit");
        }

        void Range(string key, int value, int least, int most)
        {
            if (value >= least && value <= most)
            {
                return;
            }

            var range = most == int.MaxValue ? $"{least} or greater" : $"from {least} to {most}";
            draft.Refuse(key, $"{value}", $"{key} must be {range}, not {value}", "set it within that range");
        }
    }
}
