using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Hengping.App.Platform;

/// <summary>What lies under a name, as the system says it and the runtime does not.</summary>
internal static class FileOnDisk
{
    private const int FromHere = -100;
    private const int OfTheHandle = 0x1000;
    private const uint Asked = 0x901;
    private const int ModeAt = 28;
    private const int InodeAt = 32;
    private const int BornAt = 80;
    private const int DeviceAt = 136;
    private const int StatBytes = 256;
    private const int KindMask = 0xF000;
    private const int Regular = 0x8000;
    private const int NoSuchFile = 2;
    private const int NoDirectory = 20;

    /// <summary>
    /// Whether a file that is open still lies under its name: what was deleted or replaced goes on taking writes, which
    /// nobody finds again. Elsewhere than on Linux only whether something lies there.
    /// </summary>
    public static bool IsUnder(SafeFileHandle open, string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.Exists(path);
        var held = new byte[StatBytes];
        IsThere(Stat(open, [0], OfTheHandle, Asked, held), path);
        return At(path) is { } named && Identity(named) == Identity(held);
    }

    /// <summary>Something is there, and it is no regular file.</summary>
    public static bool IsOther(string path)
    {
        if (!OperatingSystem.IsLinux())
            return Directory.Exists(path);
        return At(path) is { } named
            && (BinaryPrimitives.ReadUInt16LittleEndian(named.AsSpan(ModeAt)) & KindMask) != Regular;
    }

    /// <summary>
    /// Which file it is, whatever its name: the same after a rename and a restart, and another one in a copy. Where the
    /// file system does not note when a file came to be, that is left out.
    /// </summary>
    public static string StampOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return $"{File.GetCreationTimeUtc(path).Ticks}";
        var stat = At(path) ?? throw new FileNotFoundException(path);
        var born = stat.AsSpan(BornAt);
        return $"{Identity(stat).Inode} {BinaryPrimitives.ReadInt64LittleEndian(born)}."
            + $"{BinaryPrimitives.ReadUInt32LittleEndian(born[sizeof(long)..])}";
    }

    private static byte[]? At(string path)
    {
        var stat = new byte[StatBytes];
        return IsThere(Stat(FromHere, Encoding.UTF8.GetBytes(path + "\0"), 0, Asked, stat), path) ? stat : null;
    }

    private static (ulong Inode, ulong Device) Identity(ReadOnlySpan<byte> stat) =>
        (
            BinaryPrimitives.ReadUInt64LittleEndian(stat[InodeAt..]),
            BinaryPrimitives.ReadUInt64LittleEndian(stat[DeviceAt..])
        );

    private static bool IsThere(int answer, string path)
    {
        if (answer == 0)
            return true;
        var fault = Marshal.GetLastPInvokeError();
        return fault is NoSuchFile or NoDirectory
            ? false
            : throw new IOException($"{path} cannot be looked at: {Marshal.GetPInvokeErrorMessage(fault)}", fault);
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(SafeFileHandle open, byte[] path, int flags, uint mask, byte[] stat);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(int directory, byte[] path, int flags, uint mask, byte[] stat);
}
