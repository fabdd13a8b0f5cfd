using System.Runtime.InteropServices;
using System.Text;

namespace Hengping.App.Platform;

/// <summary>Renames that a power cut does not take back: after the file, its directory is flushed too.</summary>
public static class Durable
{
    /// <summary>Moves a file that is itself flushed already.</summary>
    public static void Move(string from, string to, bool overwrite)
    {
        File.Move(from, to, overwrite);
        Flush(Path.GetDirectoryName(Path.GetFullPath(to))!);
    }

    /// <summary>Makes a directory, and that it is there.</summary>
    public static void Create(string directory)
    {
        if (Directory.Exists(directory))
            return;
        Directory.CreateDirectory(directory);
        if (Path.GetDirectoryName(Path.GetFullPath(directory)) is { } above)
            Flush(above);
    }

    /// <summary>What a directory names. Windows keeps its names by itself, and some file systems have no such call.
    /// </summary>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        var opened = Open(Encoding.UTF8.GetBytes(directory + "\0"), flags: 0);
        if (opened < 0)
            throw Fault(directory, "opened");
        try
        {
            if (Sync(opened) != 0 && Marshal.GetLastPInvokeError() is not (Invalid or NotSupported))
                throw Fault(directory, "flushed");
        }
        finally
        {
            _ = Close(opened);
        }
    }

    // With the system's number: it is the disk's.
    private static IOException Fault(string directory, string act) =>
        new($"{directory} cannot be {act}: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

    private const int Invalid = 22;
    private const int NotSupported = 95;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
