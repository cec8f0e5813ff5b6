using Scheduler.Core.Identity;

namespace Scheduler.Core.Protocol;

/// <summary>A message that may travel to another node. Each one has a place in the serializer and golden bytes in its tests.</summary>
public interface ICrossesNodes;

/// <summary>A message about one job: the job is its routing key.</summary>
public interface IAboutJob
{
    JobId Job { get; }
}
