namespace Hengping.Rules.Appeals;

/// <summary>
/// A part of a phrase. It is asked for all places at once where it may begin, as bits counted from the start of the
/// phrase, and gives all places where it may end: no way is tried twice, so that any text costs the same.
/// </summary>
internal abstract class Phrase
{
    /// <summary>A phrase looks no further than this from where it begins.</summary>
    public const int Reach = 127;

    public abstract UInt128 Ends(string text, int from, UInt128 at);

    /// <summary>The characters it may begin with; null for any.</summary>
    public abstract IReadOnlySet<char>? Firsts { get; }

    public virtual bool CanBeEmpty => false;

    /// <summary>Letters, signs or digits one after another.</summary>
    internal sealed class Word(string letters) : Phrase
    {
        public override IReadOnlySet<char> Firsts => new HashSet<char> { letters[0] };

        public override UInt128 Ends(string text, int from, UInt128 at)
        {
            var ends = UInt128.Zero;
            for (; at != 0; at &= at - 1)
            {
                var place = (int)UInt128.TrailingZeroCount(at);
                if (
                    place + letters.Length <= Reach
                    && string.CompareOrdinal(text, from + place, letters, 0, letters.Length) == 0
                )
                    ends |= UInt128.One << (place + letters.Length);
            }
            return ends;
        }
    }

    /// <summary>From <paramref name="least"/> to <paramref name="most"/> characters of a kind.</summary>
    internal sealed class Some(Func<char, bool> isOne, int least, int most, IReadOnlySet<char>? firsts) : Phrase
    {
        public override IReadOnlySet<char>? Firsts { get; } = firsts;

        public override bool CanBeEmpty => least == 0;

        public override UInt128 Ends(string text, int from, UInt128 at)
        {
            var ends = least == 0 ? at : UInt128.Zero;
            for (var i = 1; i <= most && at != 0; i++)
            {
                var next = UInt128.Zero;
                for (; at != 0; at &= at - 1)
                {
                    var place = (int)UInt128.TrailingZeroCount(at);
                    if (place < Reach && from + place < text.Length && isOne(text[from + place]))
                        next |= UInt128.One << (place + 1);
                }
                if (i >= least)
                {
                    next &= ~ends;
                    ends |= next;
                }
                at = next;
            }
            return ends;
        }
    }

    /// <summary>One after another.</summary>
    internal sealed class Row(IReadOnlyList<Phrase> parts) : Phrase
    {
        public override bool CanBeEmpty => parts.All(part => part.CanBeEmpty);

        public override IReadOnlySet<char>? Firsts
        {
            get
            {
                var firsts = new HashSet<char>();
                foreach (var part in parts)
                {
                    if (part.Firsts is not { } some)
                        return null;
                    firsts.UnionWith(some);
                    if (!part.CanBeEmpty)
                        break;
                }
                return firsts;
            }
        }

        public override UInt128 Ends(string text, int from, UInt128 at)
        {
            foreach (var part in parts)
            {
                if (at == 0)
                    return at;
                at = part.Ends(text, from, at);
            }
            return at;
        }
    }

    /// <summary>One of several, or nothing where it may be left out.</summary>
    internal sealed class Either(IReadOnlyList<Phrase> ways, bool optional) : Phrase
    {
        public override bool CanBeEmpty => optional || ways.Any(way => way.CanBeEmpty);

        public override IReadOnlySet<char>? Firsts =>
            ways.Any(way => way.Firsts is null) ? null : ways.SelectMany(way => way.Firsts!).ToHashSet();

        public override UInt128 Ends(string text, int from, UInt128 at)
        {
            var ends = optional ? at : UInt128.Zero;
            foreach (var way in ways)
                ends |= way.Ends(text, from, at);
            return ends;
        }
    }

    /// <summary>A place between characters: the beginning or end of the text, or of a Latin word.</summary>
    internal sealed class Place(Func<string, int, bool> isHere) : Phrase
    {
        public override bool CanBeEmpty => true;

        public override IReadOnlySet<char> Firsts => new HashSet<char>();

        public override UInt128 Ends(string text, int from, UInt128 at)
        {
            var ends = UInt128.Zero;
            for (; at != 0; at &= at - 1)
            {
                var place = (int)UInt128.TrailingZeroCount(at);
                if (isHere(text, from + place))
                    ends |= UInt128.One << place;
            }
            return ends;
        }
    }
}
