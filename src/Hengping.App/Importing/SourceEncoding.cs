using System.Text;
using System.Text.Unicode;

namespace Hengping.App.Importing;

/// <summary>
/// In which encoding a text file was written: its byte order mark, or UTF-8 where that fits, or GB18030 where nearly
/// all of its foreign bytes pair up to everyday Chinese characters, or Windows-1252 (Latin-1 with its quotes).
/// </summary>
public static class SourceEncoding
{
    private const int Block = 1 << 16;

    /// <summary>Reads the bytes once, in blocks.</summary>
    public static Encoding Detect(Stream bytes)
    {
        var buffer = new byte[Block];
        var census = new Census();
        var kept = 0;
        var first = true;
        while (true)
        {
            var got = bytes.ReadAtLeast(buffer.AsSpan(kept), Block - kept, throwOnEndOfStream: false);
            var block = buffer.AsSpan(0, kept + got);
            if (first && Mark(block) is { } marked)
                return marked;
            first = false;
            var last = got < Block - kept;
            kept = census.Count(block, last);
            if (last)
                return census.Verdict();
            block[^kept..].CopyTo(buffer);
        }
    }

    // Asked of the provider itself: what is registered depends on who ran before.
    private static Encoding CodePage(int number) => CodePagesEncodingProvider.Instance.GetEncoding(number)!;

    private static Encoding? Mark(ReadOnlySpan<byte> head) =>
        head switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            [0x84, 0x31, 0x95, 0x33, ..] => CodePage(54936),
            _ => null,
        };

    /// <summary>Counts what speaks for each encoding.</summary>
    private sealed class Census
    {
        private long runes;
        private long broken;
        private long foreign;
        private long everyday;

        /// <summary>Counts a block; returns how many bytes at its end belong to the next one.</summary>
        public int Count(ReadOnlySpan<byte> block, bool last)
        {
            // Whole blocks that are plain ASCII or clean UTF-8 are the common case and cost next to nothing.
            if (Ascii.IsValid(block))
                return 0;
            var keep = last ? 0 : Tail(block);
            block = block[..^keep];
            CountPairs(block);
            if (Utf8.IsValid(block))
            {
                runes += block.Length;
                return keep;
            }
            while (!block.IsEmpty)
            {
                var status = Rune.DecodeFromUtf8(block, out _, out var used);
                if (status != System.Buffers.OperationStatus.Done)
                    broken++;
                else if (used > 1)
                    runes++;
                block = block[used..];
            }
            return keep;
        }

        // Characters of GB2312 are two bytes, both from A1 up; Latin-1 letters mostly stand alone before ASCII.
        private void CountPairs(ReadOnlySpan<byte> block)
        {
            for (var i = 0; i < block.Length; i++)
            {
                if (block[i] < 0x80)
                    continue;
                foreign++;
                if (i + 1 < block.Length && block[i] is >= 0xA1 and <= 0xF7 && block[i + 1] >= 0xA1)
                {
                    everyday++;
                    i++;
                }
            }
        }

        // A character cut in two by the end of a block is counted with the next one.
        private static int Tail(ReadOnlySpan<byte> block)
        {
            for (var back = 1; back <= 3 && back < block.Length; back++)
            {
                var b = block[^back];
                if (b < 0x80)
                    return 0;
                if (b >= 0xC0)
                    return back;
            }
            return 0;
        }

        /// <summary>A few broken bytes do not make a UTF-8 file another one: they read as U+FFFD.</summary>
        public Encoding Verdict() =>
            broken == 0 || runes >= broken * 20 ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
            : everyday * 10 >= foreign * 9 ? CodePage(54936)
            : CodePage(1252);
    }
}
