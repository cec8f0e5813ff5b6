using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Scheduler.Testing.Envtest;

/// <summary>One test on one API server.</summary>
public sealed class ContractTestCase : XunitTestCase
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("xunit makes instances this way when it carries tests to another process")]
    public ContractTestCase()
    {
    }

    public ContractTestCase(
        IMessageSink diagnosticMessageSink, TestMethodDisplay methodDisplay, TestMethodDisplayOptions methodDisplayOptions, ITestMethod testMethod)
        : base(diagnosticMessageSink, methodDisplay, methodDisplayOptions, testMethod)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute)
    {
        var isReal = TestMethod.TestClass.Class.Interfaces.Any(type => type.Name == typeof(IRealApiServerTests).FullName);
        return isReal && !ControlPlane.IsAvailable ? EnvtestAssets.HowToGet : base.GetSkipReason(factAttribute);
    }
}
