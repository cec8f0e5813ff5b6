using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Scheduler.Kubernetes.Events;

namespace Scheduler.Kubernetes.Watching.Wire;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(JobWire))]
[JsonSerializable(typeof(ListWire<JobWire>))]
[JsonSerializable(typeof(EventWire<JobWire>))]
[JsonSerializable(typeof(ListWire<PodWire>))]
[JsonSerializable(typeof(EventWire<PodWire>))]
[JsonSerializable(typeof(ErrorEventWire))]
[JsonSerializable(typeof(ListWire<ReportWire>))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class WireJson : JsonSerializerContext;
