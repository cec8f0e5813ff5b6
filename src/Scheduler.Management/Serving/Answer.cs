using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Scheduler.Core.Text;

namespace Scheduler.Management.Serving;

/// <summary>Answers in the shape of the JVM's Akka Management: camel case, absent instead of null, errors as a message.</summary>
internal static class Answer
{
    /// <summary>Of what repeats the request, in characters.</summary>
    private const int LongestMessage = 500;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static IResult Ok<T>(T document, int status = StatusCodes.Status200OK) => Results.Json(document, Json, statusCode: status);

    public static IResult Message(int status, string message) =>
        Results.Json(new MessageDocument(PlainText.Line(message, LongestMessage)), Json, statusCode: status);

    public static IResult Done(string message) => Message(StatusCodes.Status200OK, message);

    public static string Text<T>(T document) => JsonSerializer.Serialize(document, Json);

    /// <summary>A body for what routing refuses: unknown paths and methods.</summary>
    public static Task Plain(HttpContext context)
    {
        var status = context.Response.StatusCode;
        return Message(status, $"{ReasonPhrases.GetReasonPhrase(status)}: {context.Request.Method} {context.Request.Path}").ExecuteAsync(context);
    }
}
