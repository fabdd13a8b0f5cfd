using System.Buffers.Binary;

namespace Hengping.App.Platform;

/// <summary>The print keys: a set of slots that the head of the ring names, made with the ring.</summary>
public sealed partial class KeyRing
{
    private readonly Lock printing = new();
    private Prints? prints;
    private long printsReadAtMs;

    /// <summary>The set of now. That another took its place is seen within half a second.</summary>
    public Prints Prints
    {
        get
        {
            var known = Volatile.Read(ref prints)!;
            if (Environment.TickCount64 - Interlocked.Read(ref printsReadAtMs) < RecheckAfterMs)
                return known;
            Interlocked.Exchange(ref printsReadAtMs, Environment.TickCount64);
            var named = NamedPrints();
            return named > known.From ? Take(named) ?? known : known;
        }
    }

    /// <summary>Whether a set is in this ring.</summary>
    internal bool HasPrints(long from)
    {
        if (from < 1)
            return false;
        Span<byte> mark = stackalloc byte[1];
        return RandomAccess.Read(ring, mark, from * RecordBytes) == 1 && mark[0] == (byte)Mark.Print;
    }

    /// <summary>The set was derived from the master key: prints of before there were sets are made with it.</summary>
    internal bool IsDerived => ReadHead(DerivedAt, 1)[0] == 1;

    /// <summary>A store says that its rows are printed with a later set than this process has seen.</summary>
    internal void TakePrints(long from)
    {
        if (from > Volatile.Read(ref prints)!.From && Take(from) is not null && NamedPrints() < from)
            NamePrints(from, isDerived: false);
    }

    /// <summary>A new set: its first slot. Nobody uses it before it is named.</summary>
    internal Prints NextPrints() => Make(Prints.Next(purposes));

    /// <summary>From now on every process prints with this set.</summary>
    internal void NamePrints(long from, bool isDerived)
    {
        using (Locked(directory))
            WriteNamed(from, isDerived);
        Take(from);
    }

    // Under the lock, at opening.
    private void BeginPrints(bool isNew)
    {
        if (NamedPrints() > 0)
            return;
        var first = Write(isNew ? Prints.Fresh() : Prints.Derived(masters.Current, purposes));
        WriteNamed(first.From, isDerived: !isNew);
    }

    private Prints Make(byte[][] keys)
    {
        using (Locked(directory))
            return Write(keys);
    }

    private Prints Write(byte[][] keys)
    {
        var from = RandomAccess.GetLength(ring) / RecordBytes;
        RandomAccess.SetLength(ring, (from + keys.Length) * RecordBytes);
        // The first one last: a set is there when its first key is.
        for (var place = keys.Length - 1; place >= 0; place--)
            Write(from + place, keys[place], Mark.Print);
        RandomAccess.FlushToDisk(ring);
        return new Prints(from, keys);
    }

    private Prints? Take(long from)
    {
        lock (printing)
        {
            if (prints?.From >= from)
                return prints;
            var keys = new byte[Prints.SetSize][];
            for (var place = 0; place < keys.Length; place++)
            {
                if (Unwrap(from + place, Mark.Print) is not { } key)
                    return null;
                keys[place] = key;
            }
            var taken = new Prints(from, keys);
            Volatile.Write(ref prints, taken);
            return taken;
        }
    }

    private long NamedPrints() => BinaryPrimitives.ReadInt64BigEndian(ReadHead(PrintsAt, sizeof(long)));

    private void WriteNamed(long from, bool isDerived)
    {
        var head = new byte[sizeof(long) + 1];
        BinaryPrimitives.WriteInt64BigEndian(head, from);
        head[^1] = isDerived ? (byte)1 : (byte)0;
        WriteHead(PrintsAt, head);
    }
}
