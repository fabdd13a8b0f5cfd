using System.Buffers.Binary;
using System.Security.Cryptography;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// The master key, and how another takes its place while processes are at work. <c>master.next</c> is written first;
/// the head of the ring then names it, which is the moment; every record is wrapped again where it lies; the old one is
/// overwritten, and the new one takes its name. Wherever that stops, what is there opens the ring, and beginning again
/// ends it.
/// </summary>
/// <remarks>
/// Head of the file: 16 bytes of name, first slot of the print keys (8), 1 where those were derived from the master key
/// (1), unused (7), check of the master key (32).
/// </remarks>
public sealed partial class KeyRing
{
    private const int PrintsAt = 16;
    private const int DerivedAt = 24;
    private const int CheckAt = 32;
    private const int RecordsPerSweep = 2048;

    private static readonly Refusal ForeignMaster = new(
        "keys.master-foreign",
        "密钥目录中的主密钥与密钥环不是一对，请从密钥备份中恢复整个目录",
        "The master key is not the one this ring is wrapped by: bring the whole directory back from your key backup"
    );

    private volatile Masters masters = null!;

    /// <param name="Before">The one that is being replaced: records may still be wrapped by it.</param>
    private sealed record Masters(byte[] Current, byte[]? Before)
    {
        public byte[] Check { get; } = CheckOf(Current);
    }

    private static byte[] CheckOf(byte[] master) => HMACSHA256.HashData(master, "hengping master"u8);

    private string NextPath => Path.Combine(directory, "master.next");

    // Under the lock: the head, and the files, are of one moment.
    private void ReadMasters(byte[] master)
    {
        var check = ReadHead(CheckAt, KeyBytes);
        if (!check.AsSpan().ContainsAnyExcept((byte)0))
        {
            // A ring from before names none: a master key that opens nothing of it must not become its own.
            if (!OpensSome(master))
                throw new Refused(ForeignMaster);
            WriteHead(CheckAt, check = CheckOf(master));
        }
        if (check.AsSpan().SequenceEqual(CheckOf(master)))
            masters = new Masters(master, Before: null);
        else if (File.Exists(NextPath) && CheckOf(File.ReadAllBytes(NextPath)).AsSpan().SequenceEqual(check))
            masters = new Masters(File.ReadAllBytes(NextPath), master);
        else
            throw new Refused(ForeignMaster);
    }

    // True also where no key is left to try.
    private bool OpensSome(byte[] master)
    {
        var records = new byte[RecordsPerSweep * RecordBytes];
        var isNoneLeft = true;
        for (long first = 1, read; ; first += read)
        {
            read = RandomAccess.Read(ring, records, first * RecordBytes) / RecordBytes;
            if (read == 0)
                return isNoneLeft;
            for (var i = 0; i < read; i++)
            {
                var record = records.AsSpan(i * RecordBytes, RecordBytes);
                if ((Mark)record[0] is not (Mark.Live or Mark.Shut))
                    continue;
                if (Opened(master, first + i, record) is not null)
                    return true;
                isNoneLeft = false;
            }
        }
    }

    private void ReadMastersAgain()
    {
        using (Locked(directory))
            ReadMasters(ReadMaster(directory, mayCreate: false));
    }

    /// <summary>
    /// Keys that were wrapped while another process named a new master key: it may have passed their place before they
    /// lay there, so they are wrapped again by whoever made them, before anything is sealed under them for good.
    /// </summary>
    private void UnderMasterOfNow(List<(long Slot, byte[] Key)> some)
    {
        if (ReadHead(CheckAt, KeyBytes).AsSpan().SequenceEqual(masters.Check))
            return;
        ReadMastersAgain();
        foreach (var (slot, key) in some)
            Write(slot, key, Mark.Live);
    }

    private void Write(long slot, byte[] key, Mark mark)
    {
        var record = new byte[RecordBytes];
        using var aes = new AesGcm(masters.Current, TagBytes);
        Wrap(aes, slot, [.. key, .. RandomNumberGenerator.GetBytes(NonceBytes)], mark, record);
        RandomAccess.Write(ring, record, slot * RecordBytes);
    }

    /// <summary>The key of a slot; null where no such key is there.</summary>
    /// <exception cref="CryptographicException">It is wrapped by a master key that is not here.</exception>
    private byte[]? Unwrap(long slot, Mark mark)
    {
        var record = new byte[RecordBytes];
        for (var tries = 0; ; tries++)
        {
            if (RandomAccess.Read(ring, record, slot * RecordBytes) < RecordBytes || record[0] != (byte)mark)
                return null;
            var known = masters;
            if ((Opened(known.Current, slot, record) ?? Opened(known.Before, slot, record)) is { } key)
                return key;
            if (tries > 1)
                throw new CryptographicException("A key of the ring is wrapped by another master key");
            ReadMastersAgain();
        }
    }

    private static byte[]? Opened(byte[]? master, long slot, ReadOnlySpan<byte> record)
    {
        if (master is null)
            return null;
        var key = new byte[KeyBytes];
        Span<byte> bound = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bound, slot);
        using var aes = new AesGcm(master, TagBytes);
        try
        {
            aes.Decrypt(
                record.Slice(1, NonceBytes),
                record.Slice(1 + NonceBytes, KeyBytes),
                record.Slice(1 + NonceBytes + KeyBytes, TagBytes),
                key,
                bound
            );
            return key;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Names a new master key, unless one that was named before still waits for its end.</summary>
    internal void BeginMaster()
    {
        using var held = Locked(directory);
        ReadMasters(ReadMaster(directory, mayCreate: false));
        if (masters.Before is not null)
            return;
        var next = RandomNumberGenerator.GetBytes(KeyBytes);
        WriteOver(NextPath, next);
        WriteHead(CheckAt, CheckOf(next));
        masters = new Masters(next, masters.Current);
    }

    /// <summary>
    /// Wraps everything by the new master key, destroys every print key outside this set, and the old master key.
    /// </summary>
    internal void EndMaster(long printsFrom, Action<long, long>? progress)
    {
        var total = RandomAccess.GetLength(ring) / RecordBytes;
        for (long slot = 1; slot < total; slot += RecordsPerSweep)
        {
            using (Locked(directory))
                Sweep(slot, (int)Math.Min(RecordsPerSweep, total - slot), printsFrom);
            progress?.Invoke(Math.Min(slot + RecordsPerSweep, total), total);
        }
        RandomAccess.FlushToDisk(ring);
        using (Locked(directory))
        {
            ReadMasters(ReadMaster(directory, mayCreate: false));
            if (masters.Before is null)
                return;
            var path = Path.Combine(directory, "master");
            WriteOver(path, RandomNumberGenerator.GetBytes(KeyBytes));
            Durable.Move(NextPath, path, overwrite: true);
            masters = new Masters(masters.Current, Before: null);
        }
    }

    // Only records that change are written: between two of them another process may have made a key.
    private void Sweep(long first, int count, long printsFrom)
    {
        var records = new byte[count * RecordBytes];
        var read = RandomAccess.Read(ring, records, first * RecordBytes) / RecordBytes;
        for (var i = 0; i < read; i++)
        {
            var slot = first + i;
            var record = records.AsSpan(i * RecordBytes, RecordBytes);
            var mark = (Mark)record[0];
            if (mark is not (Mark.Live or Mark.Shut or Mark.Print))
                continue;
            if (mark == Mark.Print && (slot < printsFrom || slot >= printsFrom + Prints.SetSize))
            {
                record.Clear();
                record[0] = (byte)Mark.Destroyed;
                RandomAccess.Write(ring, record, slot * RecordBytes);
            }
            else if (Opened(masters.Before, slot, record) is { } key)
            {
                Write(slot, key, mark);
                CryptographicOperations.ZeroMemory(key);
            }
        }
    }

    private static void WriteOver(string path, byte[] content)
    {
        using var file = new FileStream(path, OwnFile(FileMode.OpenOrCreate));
        file.Write(content);
        file.SetLength(content.Length);
        file.Flush(flushToDisk: true);
    }

    private byte[] ReadHead(int at, int bytes)
    {
        var head = new byte[bytes];
        RandomAccess.Read(ring, head, at);
        return head;
    }

    private void WriteHead(int at, ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(ring, bytes, at);
        RandomAccess.FlushToDisk(ring);
    }
}
