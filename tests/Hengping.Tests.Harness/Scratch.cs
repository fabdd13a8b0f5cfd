namespace Hengping.Tests.Harness;

/// <summary>
/// Where stores of tests lie: on a memory disk where the machine has one with room, else in the temporary folder. What
/// is tested there is what survives a process, not what survives a machine: waiting for a disk would prove no more.
/// </summary>
public static class Scratch
{
    private const string MemoryDisk = "/dev/shm";
    private const long RoomBytesMin = 2L << 30;

    /// <summary>The folder all others lie in.</summary>
    public static string Root { get; } = IsRoomy(MemoryDisk) ? MemoryDisk : Path.GetTempPath();

    /// <summary>A new, empty folder.</summary>
    public static string NewFolder()
    {
        var folder = Path.Combine(Root, $"hengping-{Path.GetRandomFileName()}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    private static bool IsRoomy(string path)
    {
        try
        {
            var probe = Path.Combine(path, $"hengping-{Path.GetRandomFileName()}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new DriveInfo(path).AvailableFreeSpace >= RoomBytesMin;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
