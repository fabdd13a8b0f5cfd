namespace Hengping.App.Platform;

/// <summary>Data keys by slot, wrapped by the master key, in a file of their own outside the store.</summary>
public sealed class KeyRing : IDisposable
{
    /// <summary>Opens or creates the ring in <paramref name="directory"/> (mode 0700, files 0600).</summary>
    public static KeyRing Open(string directory) => throw new NotSupportedException();

    /// <summary>A new key; its slot. Durable only after <see cref="Flush"/>, which the store calls before it commits.</summary>
    public long Create() => throw new NotSupportedException();

    /// <summary>AES-256-GCM: slot ‖ nonce ‖ ciphertext ‖ tag. <paramref name="context"/> is bound, not stored.</summary>
    public byte[] Seal(long slot, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context) =>
        throw new NotSupportedException();

    /// <summary>The plain bytes, or null when the key was destroyed.</summary>
    public byte[]? Unseal(ReadOnlySpan<byte> box, ReadOnlySpan<byte> context) => throw new NotSupportedException();

    /// <summary>A keyed hash (HMAC-SHA-256 under a key derived from the master), to find a phone without storing it.</summary>
    public string Fingerprint(string purpose, string value) => throw new NotSupportedException();

    /// <summary>Makes new keys durable.</summary>
    public void Flush() => throw new NotSupportedException();

    /// <summary>Overwrites a key for good and makes that durable.</summary>
    public void Destroy(long slot) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotSupportedException();
}
