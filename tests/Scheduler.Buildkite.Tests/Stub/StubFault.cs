namespace Scheduler.Buildkite.Tests.Stub;

internal enum StubFault
{
    None,

    /// <summary>Drop the connection before answering.</summary>
    Reset,

    /// <summary>Announce the whole body, send half of it and close the connection (Kestrel does when the handler ends too early).</summary>
    Truncate,

    /// <summary>Never answer.</summary>
    Hang,

    /// <summary>Send the headers and never the body.</summary>
    HangInBody,
}
