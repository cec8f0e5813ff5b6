namespace Scheduler.Simulation.Adversary;

/// <summary>What the adversary may do. Each run allows some of these only, so that rare combinations are met often.</summary>
[Flags]
internal enum Fault
{
    None = 0,

    /// <summary>A message between nodes is lost.</summary>
    Loss = 1 << 0,

    /// <summary>A message between nodes arrives twice, the second time up to many seconds later.</summary>
    Duplicate = 1 << 1,

    /// <summary>A message between nodes takes up to many seconds, and so arrives after later ones.</summary>
    Delay = 1 << 2,

    Crash = 1 << 3,

    /// <summary>A process stands still while its clocks run on.</summary>
    Pause = 1 << 4,

    /// <summary>A machine is suspended: its monotonic clock stands still, its wall clock goes on.</summary>
    Suspend = 1 << 5,

    /// <summary>A node and the others do not reach each other; both sides reach Kubernetes and Buildkite.</summary>
    Partition = 1 << 6,

    /// <summary>A node does not reach Kubernetes for a while.</summary>
    ApiCut = 1 << 7,

    /// <summary>A watch breaks and begins anew with a list.</summary>
    WatchBreak = 1 << 8,

    /// <summary>The list a watch begins with comes from a cache that lags behind.</summary>
    StaleList = 1 << 9,

    /// <summary>The consistent list takes up to half a minute, and its reader may lose the lease meanwhile.</summary>
    SlowList = 1 << 10,

    /// <summary>Calls about the lease are lost, refused, or carried out after their caller gave up.</summary>
    LeaseTrouble = 1 << 11,

    /// <summary>A create is carried out late, up to the last moment its time-out allows.</summary>
    LateCreate = 1 << 12,

    /// <summary>The answer to a create is lost, or the create is refused or never arrives.</summary>
    CreateTrouble = 1 << 13,

    LimitChange = 1 << 14,

    /// <summary>A graceful hand-over of the singletons.</summary>
    HandOver = 1 << 15,

    /// <summary>Somebody deletes an unfinished Job.</summary>
    Delete = 1 << 16,

    /// <summary>A Job ends without its agent ever having started.</summary>
    PodFailure = 1 << 17,

    /// <summary>A wall clock is set, forward or back.</summary>
    ClockStep = 1 << 18,

    /// <summary>Calls to Buildkite are lost or answered late.</summary>
    BuildkiteTrouble = 1 << 19,

    /// <summary>A waiting job is cancelled.</summary>
    Cancel = 1 << 20,

    /// <summary>Jobs take a step slowly: agents start late, watches lag, answers dawdle.</summary>
    Slowness = 1 << 21,

    /// <summary>A second set of singletons, as in a split cluster: it starts beside the first and lives on for a while.</summary>
    Rivals = 1 << 22,

    /// <summary>
    /// One of several API servers, or of several members of the store, carries a create out long after all others go on.
    /// No seed has it: it is the gap that the README names, against which neither a time-out nor a second look is a fence.
    /// </summary>
    FrozenStore = 1 << 31,

    /// <summary>
    /// The store stands still. What reaches it meanwhile it carries out when it goes on, in any order within a fifth of a second,
    /// also what has timed out long since.
    /// </summary>
    StoreStandstill = 1 << 24,

    /// <summary>The store is restored from a backup: Jobs, lease and revisions are what they were.</summary>
    Restore = 1 << 25,

    /// <summary>Somebody edits the Lease: an annotation, or a higher count of transitions.</summary>
    LeaseEdit = 1 << 26,

    /// <summary>A virtual machine is paused: both its clocks stand still, and go on from there when it goes on.</summary>
    ClockStop = 1 << 23,
}
