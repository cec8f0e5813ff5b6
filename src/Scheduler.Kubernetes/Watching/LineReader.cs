using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace Scheduler.Kubernetes.Watching;

/// <summary>Splits a stream into lines without copying them.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    /// <summary>Far above what etcd stores of one object.</summary>
    private const long LongestLine = 16 << 20;

    private readonly PipeReader _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 14, leaveOpen: true));
    private ReadOnlySequence<byte> _buffer;
    private bool _reading;

    /// <summary>Waits for more; false when the stream has ended. Ends the life of the lines taken before.</summary>
    /// <exception cref="IOException">The stream ended in the middle of a line.</exception>
    /// <exception cref="JsonException">A line is too long.</exception>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_reading)
        {
            _pipe.AdvanceTo(_buffer.Start, _buffer.End);
            _reading = false;
        }

        var result = await _pipe.ReadAsync(cancellationToken);
        (_buffer, _reading) = (result.Buffer, true);
        if (!result.IsCompleted || _buffer.PositionOf((byte)'\n') is not null)
        {
            return _buffer.Length <= LongestLine || _buffer.PositionOf((byte)'\n') is not null
                ? true
                : throw new JsonException($"a line has more than {LongestLine} bytes");
        }

        return _buffer.IsEmpty ? false : throw new IOException("the stream ended in the middle of a line");
    }

    /// <summary>The next complete line, without its end; valid until <see cref="ReadAsync"/> is called again.</summary>
    public bool TryTake(out ReadOnlySequence<byte> line)
    {
        while (_buffer.PositionOf((byte)'\n') is { } end)
        {
            line = _buffer.Slice(0, end);
            _buffer = _buffer.Slice(_buffer.GetPosition(1, end));
            if (line.Length > 0)
            {
                return true;
            }
        }

        line = default;
        return false;
    }

    public void Dispose() => _pipe.Complete();
}
