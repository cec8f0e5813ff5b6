namespace Scheduler.Simulation.Model;

/// <summary>What the API server says to a create.</summary>
internal enum CreateAnswer
{
    Created,
    AlreadyExists,

    /// <summary>Its epoch is over.</summary>
    Refused,
}
