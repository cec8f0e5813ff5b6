using System.Text.Json.Serialization.Metadata;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Watching.Wire;

namespace Scheduler.Kubernetes.Watching;

/// <summary>How a kind of objects is read from the wire.</summary>
/// <param name="Resource">The kind.</param>
/// <param name="ListType">How a page is parsed.</param>
/// <param name="EventType">How a change is parsed.</param>
/// <param name="Read">What is remembered of an object, or why it is not believed.</param>
internal sealed record ResourceShape<TWire, T>(
    ApiResource Resource, JsonTypeInfo<ListWire<TWire>> ListType, JsonTypeInfo<EventWire<TWire>> EventType, Func<TWire, Reading<T>> Read)
    where T : class;
