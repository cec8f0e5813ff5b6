using System.Net.Sockets;
using System.Text.Json;

namespace Scheduler.Kubernetes.Connection;

/// <summary>Bounds calls, and makes one kind of exception of all the ways in which an answer can fail to arrive.</summary>
public static class Patience
{
    /// <exception cref="HttpRequestException">No answer in time, a broken connection, or an answer that cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; never anything else.</exception>
    public static async Task<T> WithinAsync<T>(
        TimeSpan limit, TimeProvider time, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            // Not only the limit: connecting has a time-out of its own, which comes as a cancellation too.
            throw new HttpRequestException($"no answer within {limit.TotalSeconds:0.###} s", error);
        }
        catch (Exception error) when (error is IOException or SocketException or JsonException)
        {
            throw new HttpRequestException(error.Message, error);
        }
    }
}
