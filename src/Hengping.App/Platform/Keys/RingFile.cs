using System.Collections;
using System.Security.Cryptography;

namespace Hengping.App.Platform;

/// <summary>How the ring stands on disk: its two files, and how processes take slots beside each other.</summary>
public sealed partial class KeyRing
{
    private const int RecordBytes = 64;
    private const int BlockMax = 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private enum Mark : byte
    {
        Unused,
        Live,
        Destroyed,
        Print,

        /// <summary>Kept and wrapped as a live one, and opens nothing.</summary>
        Shut,
    }

    /// <summary>
    /// A ring lies there already: <see cref="Open"/> makes no new one. Keys without their master count.
    /// </summary>
    internal static bool IsAt(string directory) =>
        new FileInfo(Path.Combine(directory, "ring")) is { Exists: true } ring
        && (ring.Length > RecordBytes || File.Exists(Path.Combine(directory, "master")));

    /// <summary>
    /// Whether each of these slots was ever given to a key, be it destroyed since; nothing is opened or changed.
    /// </summary>
    internal static bool WereTaken(string directory, IReadOnlyList<long> slots)
    {
        using var file = new FileStream(
            Path.Combine(directory, "ring"),
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            bufferSize: 0
        );
        var taken = new BitArray((int)(file.Length / RecordBytes));
        var records = new byte[16_384 * RecordBytes];
        for (var slot = 0; slot < taken.Count; )
        {
            var read = file.ReadAtLeast(records, records.Length, throwOnEndOfStream: false);
            for (var at = 0; at + RecordBytes <= read && slot < taken.Count; at += RecordBytes)
                taken[slot++] = records[at] != (byte)Mark.Unused;
            // It was cut off meanwhile.
            if (read < records.Length)
                break;
        }
        return slots.All(slot => slot < taken.Count && taken[(int)slot]);
    }

    /// <summary>Opens or creates the ring in <paramref name="directory"/> (mode 0700, files 0600).</summary>
    /// <param name="purposes">What the program makes prints for.</param>
    /// <exception cref="Refused">There are keys but no master key: it must be brought back, not made anew.</exception>
    public static KeyRing Open(string directory, IReadOnlyList<Purpose> purposes)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        var ringPath = Path.Combine(directory, "ring");
        KeyRing opened;
        using (Locked(directory))
        {
            var isNew = !File.Exists(ringPath) || new FileInfo(ringPath).Length <= RecordBytes;
            var master = ReadMaster(directory, mayCreate: isNew);
            var file = File.OpenHandle(
                ringPath,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete
            );
            if (RandomAccess.GetLength(file) < RecordBytes)
            {
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(file, OwnerOnly);
                RandomAccess.Write(file, "hengping ring 1\n"u8, 0);
                RandomAccess.SetLength(file, RecordBytes);
                RandomAccess.FlushToDisk(file);
                Durable.Flush(directory);
            }
            opened = new KeyRing(directory, file, purposes);
            opened.ReadMasters(master);
            opened.BeginPrints(isNew);
        }
        opened.Take(opened.NamedPrints());
        return opened;
    }

    /// <summary>
    /// Takes no slot up to this one: they belong to keys of another ring that this one does not have.
    /// </summary>
    internal void SkipPast(long slot)
    {
        lock (stock)
            stock.Clear();
        lock (reserving)
        {
            using var held = Locked(directory);
            if (RandomAccess.GetLength(ring) < (slot + 1) * RecordBytes)
                RandomAccess.SetLength(ring, (slot + 1) * RecordBytes);
            if (nextSlot <= slot)
                nextSlot = reservedEnd = 0;
        }
    }

    /// <summary>Held while the master key is changed: one at a time.</summary>
    /// <exception cref="Refused">Another process is at it.</exception>
    internal FileStream Rotating()
    {
        try
        {
            return new FileStream(Path.Combine(directory, "rotate.lock"), OwnFile(FileMode.OpenOrCreate));
        }
        catch (IOException)
        {
            throw new Refused(
                "keys.rotating",
                "另一个进程正在更换密钥，请等它结束",
                "Another process is rotating the keys: wait until it is done"
            );
        }
    }

    private long NextSlot()
    {
        lock (reserving)
        {
            if (nextSlot == reservedEnd)
            {
                Stand();
                using var held = Locked(directory);
                nextSlot = RandomAccess.GetLength(ring) / RecordBytes;
                reservedEnd = nextSlot + block;
                RandomAccess.SetLength(ring, reservedEnd * RecordBytes);
                block = Math.Min(block * 2, BlockMax);
            }
            return nextSlot++;
        }
    }

    private static byte[] ReadMaster(string directory, bool mayCreate)
    {
        var path = Path.Combine(directory, "master");
        if (!File.Exists(path))
        {
            if (!mayCreate)
                throw new Refused(
                    "keys.master-missing",
                    $"密钥目录 {directory} 中缺少主密钥文件 master，请从密钥备份中恢复",
                    $"The master key is missing in {directory}: bring it back from your key backup"
                );
            // Under a name of its own first: a process killed here leaves no half key behind.
            var draft = Path.Combine(directory, $"master.{Guid.NewGuid():N}");
            using (var file = new FileStream(draft, OwnFile(FileMode.CreateNew)))
            {
                file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
                file.Flush(flushToDisk: true);
            }
            Durable.Move(draft, path, overwrite: false);
        }
        var stored = File.ReadAllBytes(path);
        return stored.Length == KeyBytes
            ? stored
            : throw new Refused(
                "keys.master-broken",
                $"主密钥文件已损坏（应为 {KeyBytes} 字节）",
                $"The master key file is broken: it must have {KeyBytes} bytes"
            );
    }

    // Opened for this process alone; others wait. The kernel lets go when a holder dies.
    private static FileStream Locked(string directory)
    {
        var options = OwnFile(FileMode.OpenOrCreate);
        var path = Path.Combine(directory, "ring.lock");
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException) when (tries < 5000 && Directory.Exists(directory))
            {
                Thread.Sleep(2);
            }
        }
    }

    private static FileStreamOptions OwnFile(FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }
}
