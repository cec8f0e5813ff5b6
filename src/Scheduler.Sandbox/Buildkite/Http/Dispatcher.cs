using System.Globalization;
using Microsoft.AspNetCore.Http;
using Scheduler.Sandbox.Buildkite.Faults;
using Scheduler.Sandbox.Buildkite.Model;
using Scheduler.Sandbox.Buildkite.Observation;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>What every call goes through: injected faults, token, rate limit, the stack's existence, the writing of the answer.</summary>
internal sealed class Dispatcher(BuildkiteStore store, BuildkiteServerOptions options, BuildkiteFaults faults, CallCounts counts)
{
    private readonly RateLimiter _limiter = new(options.RateLimits, options.RateLimitChanges);

    public async Task RunAsync(HttpContext http, BuildkiteEndpoint endpoint, Func<Call, ValueTask<Answer>> handler)
    {
        var fault = faults.Find(endpoint);
        if (fault is { Delay.Ticks: > 0 })
        {
            await Task.Delay(fault.Delay, options.Time, http.RequestAborted);
        }

        if (fault?.Reset == ConnectionReset.BeforeEffect)
        {
            http.Abort();
            return;
        }

        var call = new Call(http, endpoint, fault);
        var answer = await AnswerAsync(http, call, handler);
        counts.Add(endpoint, answer.Status);
        if (fault?.Reset == ConnectionReset.AfterEffect)
        {
            http.Abort();
            return;
        }

        await WriteAsync(http, Spoiled(answer, fault), fault?.RetryAfter);
    }

    private async ValueTask<Answer> AnswerAsync(HttpContext http, Call call, Func<Call, ValueTask<Answer>> handler)
    {
        if (Unauthorized(call))
        {
            return Answer.Refused(Refusal.Unauthorized);
        }

        if (_limiter.Count(call.Endpoint, call.StackKey, store.Now) is { } verdict)
        {
            WriteRate(http.Response.Headers, verdict);
            if (!verdict.Admitted)
            {
                var excess = $"stack '{call.StackKey}': more than {verdict.Limit} calls of {verdict.Scope} in a second";
                await store.ChangeAsync((state, _) => state.Violated(excess), call.Aborted);
                return Answer.TooManyRequests(verdict);
            }
        }

        if (call.Fault is { Status: { } status, TakesEffect: var takesEffect } injected)
        {
            if (takesEffect)
            {
                await HandleAsync(call, handler);
            }

            return Answer.Error(status, injected.Message);
        }

        return await HandleAsync(call, handler);
    }

    private async ValueTask<Answer> HandleAsync(Call call, Func<Call, ValueTask<Answer>> handler)
    {
        if (call.StackKey.Length > 0 && !store.Current.Stacks.ContainsKey(call.StackKey))
        {
            return Answer.Refused(Refusal.NotFound("Stack not found with the provided key"));
        }

        try
        {
            return await handler(call);
        }
        catch (RefusedException refused)
        {
            if (refused.Refusal.Status is 400 or 422)
            {
                await store.ChangeAsync((state, _) => state.Violated($"{call.Endpoint}: {refused.Message}"), call.Aborted);
            }

            return Answer.Refused(refused.Refusal);
        }
    }

    /// <summary>Calls below a stack need a cluster's token; those of an agent's session are checked by their handlers.</summary>
    private bool Unauthorized(Call call) => call.Endpoint switch
    {
        BuildkiteEndpoint.Token or BuildkiteEndpoint.AgentRegister => !ShowsToken(call),
        < BuildkiteEndpoint.AgentRegister => !ShowsToken(call) || options.ClusterUuid.Length == 0,
        _ => false,
    };

    private bool ShowsToken(Call call) => !faults.TokenRevoked && call.Token == options.Token;

    private static void WriteRate(IHeaderDictionary headers, RateVerdict verdict)
    {
        headers["RateLimit-Scope"] = verdict.Scope;
        headers["RateLimit-Limit"] = verdict.Limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = verdict.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = RateVerdict.ResetSeconds.ToString(CultureInfo.InvariantCulture);
    }

    private static Answer Spoiled(Answer answer, BodyFault body) => body switch
    {
        BodyFault.Empty => answer with { Body = default },
        BodyFault.Truncated => answer with { Body = answer.Body[..(answer.Body.Length / 2)] },
        BodyFault.NotJson => answer with { Body = "<html><body>Bad gateway</body></html>"u8.ToArray() },
        _ => answer,
    };

    private static Answer Spoiled(Answer answer, BuildkiteFault? fault) => fault is null ? answer : Spoiled(answer, fault.Body);

    private static async ValueTask WriteAsync(HttpContext http, Answer answer, TimeSpan? retryAfter)
    {
        http.Response.StatusCode = answer.Status;
        if (retryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = wait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Status == StatusCodes.Status204NoContent)
        {
            return;
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }
}
