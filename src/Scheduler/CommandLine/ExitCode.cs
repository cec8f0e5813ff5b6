namespace Scheduler.CommandLine;

/// <summary>What the process tells its caller. Codes other than 0 are for what a restart does not heal.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The configuration is wrong, the token is rejected, or the demo did not go as it should.</summary>
    public const int Failure = 1;

    /// <summary>The command line of <c>lint</c> cannot be understood, as the original has it.</summary>
    public const int Usage = 80;
}
