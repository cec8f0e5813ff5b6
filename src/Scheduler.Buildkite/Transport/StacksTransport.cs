using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Scheduler.Buildkite.Pacing;
using Scheduler.Buildkite.Wire;

namespace Scheduler.Buildkite.Transport;

/// <summary>
/// Carries out calls: paced, each attempt with its own time-out that covers the body, repeated where the endpoint's rules
/// allow. Reading and decoding are part of an attempt, since a broken or unreadable answer is worth another one.
/// </summary>
internal sealed class StacksTransport : IDisposable
{
    private readonly HttpClient _http;
    private readonly StacksClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Pacer _pacer;
    private readonly Requests _requests;
    private readonly Failures _failures;
    private readonly TrafficLog _traffic;
    private readonly ResiliencePipeline[] _pipelines;

    public StacksTransport(HttpClient http, StacksClientOptions options, TimeProvider time, ILogger logger)
    {
        var safe = new SafeText(options.Token);
        _http = http;
        _options = options;
        _time = time;
        _pacer = new Pacer(options, time);
        _requests = new Requests(options);
        _failures = new Failures(safe, options.Proxy);
        _traffic = new TrafficLog(logger, safe, options.LogHttpPayloads);
        _pipelines = [.. Enum.GetValues<StacksEndpoint>().Select(Pipeline)];
    }

    /// <summary>For calls whose answer has a body.</summary>
    /// <param name="call">What to send.</param>
    /// <param name="type">What to expect.</param>
    /// <param name="flaw">Says what is wrong with a decoded answer, null when nothing is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Answer<T>> SendAsync<T>(
        StacksCall call, JsonTypeInfo<T> type, Func<T, string?>? flaw, CancellationToken cancellationToken)
        where T : class =>
        RunAsync(call, (status, hints, body) => Decode(call, type, flaw, status, hints, body), needsBody: true, cancellationToken);

    /// <summary>For calls whose answer is the status alone.</summary>
    public Task SendAsync(StacksCall call, CancellationToken cancellationToken) =>
        RunAsync(call, (_, _, _) => true, needsBody: false, cancellationToken);

    public void Dispose() => _pacer.Dispose();

    private async Task<T> RunAsync<T>(StacksCall call, Reader<T> read, bool needsBody, CancellationToken cancellationToken) =>
        await _pipelines[(int)call.Endpoint].ExecuteAsync(
            async token => await AttemptAsync(call, read, needsBody, token), cancellationToken);

    private async Task<T> AttemptAsync<T>(StacksCall call, Reader<T> read, bool needsBody, CancellationToken cancellationToken)
    {
        await _pacer.EnterAsync(call.Endpoint, cancellationToken);
        var limit = TimeoutOf(call);
        using var timeout = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await ExchangeAsync(call, read, needsBody, either.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw _failures.TimedOut(call, limit);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException or OperationCanceledException)
        {
            throw _failures.Broken(call, cause);
        }
    }

    private async Task<T> ExchangeAsync<T>(StacksCall call, Reader<T> read, bool needsBody, CancellationToken cancellationToken)
    {
        using var request = _requests.Build(call);
        var exchange = _traffic.Sending(call, request);
        var start = _time.GetTimestamp();
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var hints = ServerHints.Read(response.Headers, _time.GetUtcNow());
        if (response.StatusCode != HttpStatusCode.TooManyRequests)
        {
            _pacer.Observe(call.Endpoint, hints);
        }

        if (!needsBody && response.IsSuccessStatusCode)
        {
            _traffic.Answered(call, exchange, response, [], _time.GetElapsedTime(start));
            return read(response.StatusCode, hints, []);
        }

        using var body = await ReadAsync(call, response, hints, cancellationToken);
        _traffic.Answered(call, exchange, response, body.Bytes, _time.GetElapsedTime(start));
        return response.IsSuccessStatusCode
            ? read(response.StatusCode, hints, body.Bytes)
            : throw Refused(call, response, hints, body.Bytes);
    }

    private async Task<PooledBody> ReadAsync(
        StacksCall call, HttpResponseMessage response, ServerHints hints, CancellationToken cancellationToken)
    {
        try
        {
            return await PooledBody.ReadAsync(response.Content, _options.MaxResponseBytes, cancellationToken);
        }
        catch (ResponseTooLargeException)
        {
            throw Failures.TooLarge(call, response.StatusCode, _options.MaxResponseBytes);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !response.IsSuccessStatusCode)
        {
            // The status decides, whatever became of the explanation.
            throw Refused(call, response, hints, []);
        }
    }

    private StacksApiException Refused(StacksCall call, HttpResponseMessage response, ServerHints hints, ReadOnlySpan<byte> body)
    {
        var retryAfter = hints.RetryAfter;
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            retryAfter ??= hints.Reset ?? StacksJson.ErrorOf(body)?.ResetAfter;
            _pacer.Refused(call.Endpoint, hints, retryAfter);
        }

        return _failures.Refused(call, response, body, retryAfter);
    }

    private Answer<T> Decode<T>(
        StacksCall call, JsonTypeInfo<T> type, Func<T, string?>? flaw, HttpStatusCode status, ServerHints hints, ReadOnlySpan<byte> body)
        where T : class
    {
        try
        {
            var value = body.IsEmpty ? null : JsonSerializer.Deserialize(StacksJson.WithoutMark(body), type);
            var complaint = value is null ? "an object was expected" : flaw?.Invoke(value);
            return complaint is null
                ? new Answer<T>(value!, hints.RetryAfter)
                : throw _failures.Undecodable(call, status, complaint, body, hints.RetryAfter);
        }
        catch (JsonException error)
        {
            throw _failures.Undecodable(call, status, Failures.Position(error), body, hints.RetryAfter);
        }
    }

    private TimeSpan TimeoutOf(StacksCall call)
    {
        var usual = _options.HttpTimeout;
        var shorter = call.Endpoint == StacksEndpoint.Deregister ? _options.DeregisterTimeout : usual;
        return shorter == Timeout.InfiniteTimeSpan || (usual != Timeout.InfiniteTimeSpan && usual < shorter) ? usual : shorter;
    }

    private ResiliencePipeline Pipeline(StacksEndpoint endpoint)
    {
        var attempts = EndpointRules.Of(endpoint).Attempts;
        return attempts == 1 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = attempts - 1,
                MaxDelay = null,
                ShouldHandle = arguments => ValueTask.FromResult(WorthRepeating(arguments.Outcome.Exception)),
                DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Wait(endpoint, arguments)),
                OnRetry = arguments =>
                {
                    _traffic.Retrying(arguments.AttemptNumber + 2, attempts, arguments.RetryDelay, arguments.Outcome.Exception);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    private bool WorthRepeating(Exception? error) =>
        error is StacksApiException { IsTransient: true } failure && !(failure.RetryAfter > _options.LongestServerWait);

    private TimeSpan Wait(StacksEndpoint endpoint, RetryDelayGeneratorArguments<object> arguments) => RetryWaits.After(
        endpoint,
        arguments.AttemptNumber + 1,
        (arguments.Outcome.Exception as StacksApiException)?.RetryAfter,
        _options.RetryDelay,
        Random.Shared.NextDouble());

    private delegate T Reader<out T>(HttpStatusCode status, ServerHints hints, ReadOnlySpan<byte> body);
}
