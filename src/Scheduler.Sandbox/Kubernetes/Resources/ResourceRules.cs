using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Resources;

/// <summary>What is particular to one kind: defaults, validation, deletion. The base suits kinds without particulars.</summary>
internal class ResourceRules
{
    /// <summary>Whether dependents are kept when a delete does not say: the real server does so for batch/v1 Jobs.</summary>
    public virtual bool OrphansDependentsByDefault => false;

    /// <summary>Whether a delete answers with the object instead of a Status.</summary>
    public virtual bool ReturnsDeletedObject => false;

    /// <summary>Fills in what a client may leave out; called for creates and for updates of the spec.</summary>
    public virtual void SetDefaults(Draft draft)
    {
    }

    /// <summary>Fills in what only a new object gets; its uid is known.</summary>
    public virtual void PrepareCreate(Draft draft)
    {
    }

    public virtual void Validate(Draft draft, FieldErrors errors)
    {
    }

    public virtual void ValidateUpdate(Draft draft, KubeObject stored, FieldErrors errors)
    {
    }

    /// <summary>The grace a delete gives this object, in seconds.</summary>
    /// <param name="item">The object.</param>
    /// <param name="requested">What the client asked for.</param>
    public virtual long GraceOf(KubeObject item, long? requested) => 0;
}
