namespace Hengping.App.Evidence;

/// <summary>Bytes of a file that something in it points to.</summary>
internal sealed class Ranges
{
    private const int Most = 2_000_000;

    private readonly List<(long From, long To)> all = [];

    public void Add(long at, long length)
    {
        if (at < 0 || length < 0)
            throw Source.Wrong("content at no place");
        if (length == 0)
            return;
        var to = checked(at + length);
        if (all.Count > 0 && all[^1].To == at)
            all[^1] = (all[^1].From, to);
        else if (all.Count < Most)
            all.Add((at, to));
        else
            throw Source.Wrong("content at too many places");
    }

    /// <summary>What of these places nothing points to is blanked; what is pointed to lies in one of them.</summary>
    public void BlankRest(IEnumerable<(long From, long To)> places, Overlay over)
    {
        all.Sort();
        var next = 0;
        foreach (var (from, to) in places.Order())
        {
            var at = from;
            for (; next < all.Count && all[next].From < to; next++)
            {
                if (all[next].From < from || all[next].To > to)
                    throw Source.Wrong("content beside where it should be");
                over.Blank(at, all[next].From - at);
                at = Math.Max(at, all[next].To);
            }
            over.Blank(at, to - at);
        }
        if (next < all.Count)
            throw Source.Wrong("content beside where it should be");
    }

    /// <summary>No byte belongs to both.</summary>
    public bool Meets(Ranges other)
    {
        all.Sort();
        other.all.Sort();
        for (var (mine, theirs) = (0, 0); mine < all.Count && theirs < other.all.Count; )
        {
            var (one, two) = (all[mine], other.all[theirs]);
            if (one.From < two.To && two.From < one.To)
                return true;
            if (one.To < two.To)
                mine++;
            else
                theirs++;
        }
        return false;
    }
}
