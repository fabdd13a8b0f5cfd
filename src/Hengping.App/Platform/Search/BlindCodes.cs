using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Hengping.Rules.Fields;

namespace Hengping.App.Platform;

/// <summary>
/// Text as keyed codes of its bigrams. Words can be searched by who holds the key, and read by nobody: the index
/// keeps 31-bit SipHash values, never letters. Two-character Chinese words are found whole.
/// </summary>
public sealed class BlindCodes
{
    private readonly ulong k0;
    private readonly ulong k1;

    /// <summary>Codes under the ring's print key of now.</summary>
    public BlindCodes(KeyRing keys)
    {
        var seed = Convert.FromHexString(keys.Fingerprint(Purposes.Search, "bigrams"));
        k0 = BinaryPrimitives.ReadUInt64LittleEndian(seed);
        k1 = BinaryPrimitives.ReadUInt64LittleEndian(seed.AsSpan(8));
    }

    /// <summary>
    /// Letters and digits in lower case, full width made narrow; everything else parts words. A letter beyond the basic
    /// plane (𠮷) is one, of two units.
    /// </summary>
    public static string Normal(string text)
    {
        var plain = (PlainText.Lines(text) ?? "").Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return string.Create(
            plain.Length,
            plain,
            static (span, source) =>
            {
                source.CopyTo(span);
                for (var i = 0; i < source.Length; i++)
                {
                    if (i + 1 < source.Length && char.IsSurrogatePair(source, i) && char.IsLetterOrDigit(source, i))
                        i++;
                    else if (!char.IsLetterOrDigit(source[i]))
                        span[i] = ' ';
                }
            }
        );
    }

    /// <summary>The distinct codes of a text, ascending; empty for fewer than two letters in a row.</summary>
    public int[] Of(string text)
    {
        var normal = Normal(text);
        var codes = new HashSet<int>();
        for (var i = 0; i + 1 < normal.Length; i++)
            if (normal[i] != ' ' && normal[i + 1] != ' ')
                codes.Add((int)(Sip(((uint)normal[i] << 16) | normal[i + 1]) & int.MaxValue));
        int[] sorted = [.. codes];
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>
    /// The code of a term: of what a document is, and no word of it says. It may be that of some word, or of another
    /// term: what is found is a candidate.
    /// </summary>
    public int OfTerm(string term)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(term), hash);
        return (int)(Sip(BinaryPrimitives.ReadUInt32BigEndian(hash), TermLength) & int.MaxValue);
    }

    // As if a term had a byte more: no two letters have its block.
    private const ulong TermLength = 5;

    // SipHash-2-4 of four bytes (Aumasson and Bernstein 2012): one message block holding them and their length.
    private ulong Sip(uint bigram, ulong length = 4)
    {
        var (v0, v1) = (k0 ^ 0x736f6d6570736575UL, k1 ^ 0x646f72616e646f6dUL);
        var (v2, v3) = (k0 ^ 0x6c7967656e657261UL, k1 ^ 0x7465646279746573UL);
        var block = (length << 56) | bigram;
        v3 ^= block;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= block;
        v2 ^= 0xff;
        for (var i = 0; i < 4; i++)
            Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
