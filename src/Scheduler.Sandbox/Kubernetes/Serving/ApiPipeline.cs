using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Sandbox.Kubernetes.Watching;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>The way of every request for objects: read, befallen by faults, carried out, answered.</summary>
internal sealed class ApiPipeline(
    ObjectReader reader,
    ObjectCreator creator,
    ObjectUpdater updater,
    ObjectRemover remover,
    PodBinder binder,
    WatchServer watches,
    KubernetesFaults faults,
    RequestCounter counter,
    TimeProvider time,
    CancellationToken stopping)
{
    public async Task ServeAsync(HttpContext context, ApiTarget target)
    {
        try
        {
            var request = await RequestReader.ReadAsync(context, target, time);
            counter.Count(request.Verb, target.Resource);
            if (faults.IsDenied(request.Verb, target.Resource))
            {
                throw ApiError.Forbidden(target.Type, request.Verb, target.Namespace);
            }

            var fault = faults.Take(request.Verb, target.Resource, request.NameForFaults);
            if (fault is null)
            {
                await CarryOutAsync(context, request);
            }
            else
            {
                await CarryOutAsync(context, request, fault);
            }
        }
        catch (ApiError error)
        {
            await AnswerWriter.WriteAsync(context, Answer.Of(error));
        }
        catch (Exception problem) when (problem is OperationCanceledException or ConnectionResetException or IOException)
        {
            context.Abort();
        }
        catch (Exception problem) when (!context.Response.HasStarted)
        {
            // The real server survives its own mistakes too, and says so.
            await AnswerWriter.WriteAsync(
                context, Answer.Of(new ApiError(500, "InternalError", $"Internal error occurred: {problem.Message}")));
        }
    }

    private async Task CarryOutAsync(HttpContext context, ApiRequest request)
    {
        if (request.Verb == "watch")
        {
            await watches.ServeAsync(context, request);
        }
        else
        {
            await AnswerWriter.WriteAsync(context, await AnswerAsync(request));
        }
    }

    private async Task CarryOutAsync(HttpContext context, ApiRequest request, Fault fault)
    {
        if (fault.HeldBack is { } heldBack)
        {
            await heldBack().WaitAsync(stopping);
            request = request.ArrivedNow(time);
        }

        await DelayAsync(fault.DelayBeforeCommit, request.Deadline);
        if (fault.Breakage == Breakage.ResetBeforeCommit)
        {
            context.Abort();
            return;
        }

        if (fault.StatusCode is { } code)
        {
            await AnswerWriter.WriteAsync(context, FaultAnswers.Of(code, fault.RetryAfterSeconds));
            return;
        }

        if (request.Verb == "watch")
        {
            await watches.ServeAsync(context, request);
            return;
        }

        var answer = await AnswerOrErrorAsync(request);
        await DelayAsync(fault.DelayAfterCommit, request.Deadline);
        if (fault.Breakage == Breakage.ResetAfterCommit)
        {
            context.Abort();
            return;
        }

        await AnswerWriter.WriteAsync(context, answer, fault.Breakage);
    }

    private Task<Answer> AnswerAsync(ApiRequest request) => (request.Verb, request.Target.Subresource) switch
    {
        ("get", "" or "status") => Task.FromResult(reader.Get(request)),
        ("list", _) => Task.FromResult(reader.List(request)),
        ("create", "binding") => binder.BindAsync(request),
        ("create", _) => creator.CreateAsync(request),
        ("update", "" or "status") => updater.UpdateAsync(request),
        ("patch", "" or "status") => updater.PatchAsync(request),
        ("delete", _) => remover.DeleteAsync(request),
        ("deletecollection", _) => remover.DeleteCollectionAsync(request),
        _ => throw ApiError.MethodNotAllowed(),
    };

    private async Task<Answer> AnswerOrErrorAsync(ApiRequest request)
    {
        try
        {
            return await AnswerAsync(request);
        }
        catch (ApiError error)
        {
            return Answer.Of(error);
        }
    }

    // Not ended by the client's hanging up, see Fault.DelayBeforeCommit.
    private async Task DelayAsync(TimeSpan delay, RequestDeadline? deadline)
    {
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        var remaining = deadline?.Remaining ?? TimeSpan.MaxValue;
        if (delay < remaining)
        {
            await Task.Delay(delay, time, stopping);
            return;
        }

        if (remaining > TimeSpan.Zero)
        {
            await Task.Delay(remaining, time, stopping);
        }

        throw deadline!.Error;
    }
}
