using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>Says what clients may do: whoever got in may do everything that <see cref="KubernetesFaults.Deny"/> does not forbid.</summary>
internal sealed class AccessReviews(KubernetesFaults faults)
{
    private const string Kind = "SelfSubjectAccessReview";

    public async Task ServeAsync(HttpContext context)
    {
        try
        {
            if (context.Request.Method != HttpMethods.Post)
            {
                throw ApiError.MethodNotAllowed();
            }

            RequestReader.RequireJson(RequestReader.MediaType(context.Request));
            var body = await RequestReader.ReadBodyAsync(context.Request, context.RequestAborted);
            var review = ManifestReader.Parse(Kind, body);
            review["kind"] = Kind;
            review["apiVersion"] = "authorization.k8s.io/v1";
            review.EnsureObject("metadata");
            var wanted = review.EnsureObject("spec").EnsureObject("resourceAttributes");
            review[KubeObject.Status] = new JsonObject { ["allowed"] = !faults.IsDenied(wanted.TextAt("verb"), wanted.TextAt("resource")) };
            await AnswerWriter.WriteAsync(context, Answer.Of(review, 201));
        }
        catch (ApiError error)
        {
            await AnswerWriter.WriteAsync(context, Answer.Of(error));
        }
    }
}
