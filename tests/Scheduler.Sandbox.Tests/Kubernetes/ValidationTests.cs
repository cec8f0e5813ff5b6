using System.Net;
using System.Text.Json.Nodes;

namespace Scheduler.Sandbox.Tests.Kubernetes;

/// <summary>The expected texts were taken from a real kube-apiserver.</summary>
public sealed class ValidationTests
{
    [Theory]
    [InlineData(
        """{"metadata":{"name":"a"},"spec":{}}""",
        "Job.batch \"a\" is invalid: [spec.template.spec.containers: Required value, spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"]")]
    [InlineData(
        """{"metadata":{"name":"a"},"spec":{"template":{"spec":{"restartPolicy":"Always","containers":[{"name":"c","image":"i"}]}}}}""",
        "Job.batch \"a\" is invalid: spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"")]
    [InlineData(
        """{"metadata":{"name":"a"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i","volumeMounts":[{"name":"v","mountPath":"/v"}]}]}}}}""",
        "Job.batch \"a\" is invalid: spec.template.spec.containers[0].volumeMounts[0].name: Not found: \"v\"")]
    [InlineData(
        """{"metadata":{"name":"a"},"spec":{"backoffLimit":-1,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}""",
        "Job.batch \"a\" is invalid: spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData(
        """{"metadata":{"name":"A_b"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}""",
        "Job.batch \"A_b\" is invalid: metadata.name: Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")]
    [InlineData(
        """{"metadata":{"name":"a","labels":{"x":"b c"}},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}""",
        "Job.batch \"a\" is invalid: metadata.labels: Invalid value: \"b c\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")]
    [InlineData(
        """{"metadata":{"name":"a"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"},{"name":"c","image":"i"}]}}}}""",
        "Job.batch \"a\" is invalid: spec.template.spec.containers[1].name: Duplicate value: \"c\"")]
    [InlineData(
        """{"metadata":{"name":"a"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"2"},"limits":{"cpu":"1500m"}}}]}}}}""",
        "Job.batch \"a\" is invalid: spec.template.spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit")]
    [InlineData(
        """{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}""",
        "Job.batch \"\" is invalid: metadata.name: Required value: name or generateName is required")]
    public async Task AnInvalidJobIsRefusedInTheWordsOfTheRealServer(string manifest, string message)
    {
        await using var api = await ApiServer.StartPassiveAsync();

        var (code, body) = await api.PostAsync(ApiServer.Jobs, manifest);

        Assert.Equal(message, (string?)body["message"]);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Invalid", 422), (code, (string?)body["reason"], (int)body["code"]!));
    }

    [Fact]
    public async Task TheCausesNameTheFields()
    {
        await using var api = await ApiServer.StartPassiveAsync();

        var (_, body) = await api.PostAsync(ApiServer.Jobs, """{"metadata":{"name":"a"},"spec":{}}""");

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(
                """
                {"name":"a","group":"batch","kind":"Job","causes":[
                  {"reason":"FieldValueRequired","message":"Required value","field":"spec.template.spec.containers"},
                  {"reason":"FieldValueRequired","message":"Required value: valid values: \"OnFailure\", \"Never\"","field":"spec.template.spec.restartPolicy"}]}
                """),
            body["details"]));
    }

    [Theory]
    [InlineData("""{"metadata":{""")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"kind":"Pod","apiVersion":"v1"}""")]
    [InlineData("""{"kind":"Job","apiVersion":"batch/v1","metadata":{"name":"a","namespace":"other"}}""")]
    [InlineData("""{"metadata":{"name":"a","labels":{"x":1}}}""")]
    [InlineData("""{"metadata":{"name":"a"},"spec":{"backoffLimit":"x"}}""")]
    [InlineData("""{"metadata":{"name":"a"},"spec":{"template":{"spec":{"containers":[{"name":"c","image":"i","resources":{"limits":{"cpu":"2x"}}}]}}}}""")]
    public async Task WhatCannotBeReadIsABadRequest(string manifest)
    {
        await using var api = await ApiServer.StartPassiveAsync();

        var (code, body) = await api.PostAsync(ApiServer.Jobs, manifest);

        Assert.Equal((HttpStatusCode.BadRequest, "BadRequest", "Failure"), (code, (string?)body["reason"], (string?)body["status"]));
    }

    [Fact]
    public async Task AJobNameTooLongForALabelIsRefused()
    {
        await using var api = await ApiServer.StartPassiveAsync();

        var (code, body) = await api.PostAsync(ApiServer.Jobs, k8s.KubernetesJson.Serialize(ApiServer.Job(new string('a', 64))));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains("must be no more than 63 characters", (string?)body["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALeaseHasToLast()
    {
        await using var api = await ApiServer.StartPassiveAsync();

        var (_, body) = await api.PostAsync(
            "/apis/coordination.k8s.io/v1/namespaces/default/leases", """{"metadata":{"name":"l"},"spec":{"leaseDurationSeconds":0}}""");

        Assert.Equal(
            "Lease.coordination.k8s.io \"l\" is invalid: spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0",
            (string?)body["message"]);
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05.000000Z", HttpStatusCode.Created)]
    [InlineData("2026-01-02T03:04:05Z", HttpStatusCode.BadRequest)]
    [InlineData("2026-01-02T03:04:05.1234567Z", HttpStatusCode.BadRequest)]
    public async Task TheTimesOfALeaseHaveExactlySixFractionalDigits(string renewTime, HttpStatusCode code)
    {
        await using var api = await ApiServer.StartPassiveAsync();
        var manifest = """{"metadata":{"name":"l"},"spec":{"renewTime":"TIME"}}""".Replace("TIME", renewTime, StringComparison.Ordinal);

        Assert.Equal(code, (await api.PostAsync("/apis/coordination.k8s.io/v1/namespaces/default/leases", manifest)).Code);
    }

    [Theory]
    [InlineData("GET", "/apis/batch/v1/namespaces/default/jobs/zz", 404, "jobs.batch \"zz\" not found")]
    [InlineData("GET", "/apis/batch/v1/namespaces/default/cronjobs", 404, "the server could not find the requested resource")]
    [InlineData("PUT", "/apis/batch/v1/namespaces/default/jobs", 405, "the server does not allow this method on the requested resource")]
    [InlineData("POST", "/apis/batch/v1/namespaces/default/jobs/a", 405, "the server does not allow this method on the requested resource")]
    [InlineData("GET", "/apis/batch/v1/namespaces/default/jobs?fieldSelector=spec.foo%3Db", 400, "field label \"spec.foo\" not supported for batchv1.Job")]
    public async Task EveryRefusalIsAStatus(string method, string path, int code, string message)
    {
        await using var api = await ApiServer.StartPassiveAsync();

        var (actual, body) = await api.SendAsync(new HttpMethod(method), path);

        Assert.Equal((code, "Status", message), ((int)actual, (string?)body["kind"], (string?)body["message"]));
    }
}
