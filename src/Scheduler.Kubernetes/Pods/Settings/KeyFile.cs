using k8s.Models;

namespace Scheduler.Kubernetes.Pods.Settings;

/// <summary>A file of signing or verification keys, and where its volume is mounted (pod-building.md §6.3).</summary>
/// <param name="Path">What the agent is told; null = no file.</param>
/// <param name="Mount">Null when there is no volume: the file is in the image then.</param>
internal sealed record KeyFile(string? Path, V1VolumeMount? Mount)
{
    /// <param name="file">The configured file; absolute, or relative to the directory.</param>
    /// <param name="volume">The configured volume.</param>
    /// <param name="directory">Where relative files are.</param>
    public static KeyFile Resolve(string? file, V1Volume? volume, string directory)
    {
        if (volume is null)
        {
            return new KeyFile(file, null);
        }

        var absolute = file is not null && PosixPath.IsAbsolute(file);
        var path = absolute ? file! : PosixPath.Join(directory, file ?? WellKnown.KeyFile);
        var mountPath = absolute ? PosixPath.Directory(path) : directory;
        return new KeyFile(path, new V1VolumeMount { Name = volume.Name, MountPath = mountPath });
    }
}
