using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scheduler.Sandbox.Kubernetes.Faults;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>Puts answers on the wire, spoiled if a fault says so.</summary>
internal static class AnswerWriter
{
    private const int FlushAt = 256 * 1024;

    public static async Task WriteAsync(HttpContext context, Answer answer, Breakage breakage = Breakage.None)
    {
        var spoiled = breakage == Breakage.GarbageBody ? answer with { Chunks = ["<html>502 Bad Gateway"u8.ToArray()] } : answer;
        var response = context.Response;
        response.StatusCode = spoiled.Code;
        response.ContentType = spoiled.ContentType;
        response.ContentLength = spoiled.Length;
        if (spoiled.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (spoiled.Warning is { } warning)
        {
            response.Headers.Append("Warning", $"299 - \"{warning}\"");
        }

        var budget = breakage == Breakage.TruncatedBody ? spoiled.Length / 2 : spoiled.Length;
        var unflushed = 0;
        foreach (var chunk in spoiled.Chunks)
        {
            var sent = chunk.Length <= budget ? chunk : chunk[..(int)budget];
            budget -= sent.Length;
            response.BodyWriter.Write(sent.Span);
            unflushed += sent.Length;
            if (unflushed >= FlushAt)
            {
                await response.BodyWriter.FlushAsync(context.RequestAborted);
                unflushed = 0;
            }
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted);
        if (breakage == Breakage.TruncatedBody)
        {
            context.Abort();
        }
    }
}
