namespace Scheduler.Management.Events;

/// <summary>An address and which incarnation of it.</summary>
internal sealed record UniqueAddressDocument(string Address, long LongUid);
