using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Buildkite.Wire;
using Scheduler.Core.Text;

namespace Scheduler.Buildkite;

/// <summary>Gathers the answers to the requests of one <see cref="IStack.NotifyAsync"/>.</summary>
internal sealed class Delivery
{
    private readonly ImmutableArray<RejectedNotification>.Builder _rejected = ImmutableArray.CreateBuilder<RejectedNotification>();
    private readonly ImmutableArray<StackNotification>.Builder _failed = ImmutableArray.CreateBuilder<StackNotification>();
    private StacksApiException? _error;

    /// <summary>Another request would be refused like the last one.</summary>
    public bool IsHopeless { get; private set; }

    public static NotificationsBody BodyOf(StackNotification[] notifications) => new(Array.ConvertAll(notifications, notification =>
        new NotificationBody(
            notification.Job,
            CroppedText.ForNotification(PlainText.Line(notification.Detail)),
            notification.Timestamp?.ToString("O", CultureInfo.InvariantCulture))));

    public void Answered(StackNotification[] sent, NotificationsReply reply)
    {
        foreach (var error in reply.Errors ?? [])
        {
            foreach (var index in error?.Indexes ?? [])
            {
                if (index >= 0 && index < sent.Length)
                {
                    _rejected.Add(new RejectedNotification(sent[index], error?.Error ?? ""));
                }
            }
        }
    }

    public void Failed(StackNotification[] sent, StacksApiException error)
    {
        _failed.AddRange(sent);
        _error ??= error;
        // One request's content may be invalid, the others' need not be.
        IsHopeless = error.Kind is not (StacksErrorKind.Transient or StacksErrorKind.Invalid or StacksErrorKind.Permanent);
    }

    public void NotSent(StackNotification[] notifications) => _failed.AddRange(notifications);

    public NotifyResult ToResult() => new(_rejected.DrainToImmutable(), _failed.DrainToImmutable(), _error);
}
