using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// Whether the ring that is open is the one in its directory. A copy put back under a running process, or a directory
/// taken away, leaves it a file without a name: what is sealed then opens until the process ends, and never again.
/// </summary>
public sealed partial class KeyRing
{
    /// <summary>Nothing is sealed, destroyed or committed any more.</summary>
    public static readonly Refusal Replaced = new(
        "keys.replaced",
        "密钥目录在运行中被替换或删除，为免丢失资料暂停写入；请放回原目录，或在确认密钥无误后重新启动",
        "The keys directory was replaced or deleted while this runs, and nothing is written that would be lost: put "
            + "the directory back, or start again once the right keys are there"
    );

    /// <exception cref="StoreAway">It is another one, or none, or another store's by now.</exception>
    internal void Stand()
    {
        if (
            !FileOnDisk.IsUnder(ring, Path.Combine(directory, "ring"))
            || !File.Exists(Path.Combine(directory, "master"))
        )
            throw new StoreAway(Replaced);
        StillServe();
    }

    /// <summary>Whether a new key would find room: asked of the disk, as nothing else tells.</summary>
    /// <exception cref="IOException">It would not.</exception>
    internal void Probe()
    {
        Stand();
        var options = OwnFile(FileMode.OpenOrCreate);
        (options.Share, options.BufferSize) = (FileShare.ReadWrite | FileShare.Delete, 0);
        using var file = new FileStream(Path.Combine(directory, "pulse"), options);
        file.Write(new byte[RecordBytes]);
        file.SetLength(0);
    }
}
