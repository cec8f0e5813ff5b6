using System.Text.Json;

namespace Scheduler.Sandbox.Kubelet.Agents;

/// <summary>An answer: its status, 0 if there was none, and the body of a successful one.</summary>
internal sealed class AgentReply(int status, JsonDocument? body) : IDisposable
{
    public int Status => status;

    public bool Succeeded => status is >= 200 and < 300;

    /// <summary>Null unless the call succeeded with a JSON body.</summary>
    public JsonElement? Body => Succeeded ? body?.RootElement : null;

    public void Dispose() => body?.Dispose();
}
