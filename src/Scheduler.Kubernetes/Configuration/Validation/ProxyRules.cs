using Scheduler.Core.Proxies;
using Scheduler.Kubernetes.Configuration.Fragments;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>The variables that name proxies are no keys, but a wrong one is told together with the other problems.</summary>
internal static class ProxyRules
{
    public static void Check(IReadOnlyDictionary<string, string> environment, ConfigurationDraft draft)
    {
        foreach (var found in EnvironmentProxy.Read(environment.GetValueOrDefault).Problems)
        {
            var shown = FragmentText.Quote(found.Value);
            var problem = $"{found.Variable} {shown} {found.Problem}";
            if (found.IsFatal)
            {
                draft.Unreadable(found.Variable, shown, problem, found.Remedy, ConfigurationSource.Environment);
            }
            else
            {
                draft.Warn(found.Variable, shown, problem, found.Remedy);
            }
        }
    }
}
