using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using static Hengping.App.Design.Texts;

namespace Hengping.App.Complaints;

/// <summary>期限重新计算, said in the reader's language: why, and what moved from which day to which.</summary>
public static class CountedTerms
{
    /// <summary>One sentence.</summary>
    /// <param name="names">Where the names of the terms stand, before their kind.</param>
    public static string Say(TermsCause cause, IEnumerable<TermNote> terms, string names = "due.") =>
        T(
            "line.termsCounted." + Words.Of(cause),
            string.Join(Pick("；", "; "), terms.Select(term => One(term, T(names + term.Kind))))
        );

    /// <summary>As facts of the time line.</summary>
    public static IEnumerable<object> Facts(IEnumerable<TermNote> terms) =>
        terms.Select(t => new
        {
            t.Kind,
            t.Before,
            t.By,
            t.Provisional,
        });

    private static string One(TermNote term, string name)
    {
        var now = T(term.Provisional == true ? "line.term.earliest" : "line.term.day", Design.Say.Date(term.By));
        return term.Before is { } before
            ? T("line.term.moved", name, Design.Say.Date(before), now)
            : T("line.term.set", name, now);
    }
}
