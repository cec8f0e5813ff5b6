namespace Scheduler.Cluster.Remoting;

/// <summary>What to do with a frame.</summary>
/// <param name="Complaint">Null = it is given on. Else the connection is closed, for no member sends such a thing.</param>
/// <param name="UnknownSerializer">Not null = the frame is dropped, and the connection stays: a newer release may know more serializers.</param>
internal readonly record struct FrameVerdict(string? Complaint, int? UnknownSerializer)
{
    public static FrameVerdict Fine => default;

    public static FrameVerdict Malformed(string complaint) => new(complaint, null);

    public static FrameVerdict Unknown(int serializer) => new(null, serializer);
}
