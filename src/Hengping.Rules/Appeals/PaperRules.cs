using System.Text.RegularExpressions;

namespace Hengping.Rules.Appeals;

/// <summary>Papers that are cited: valid on the letter's day, and for its product.</summary>
internal static class PaperRules
{
    public static IEnumerable<LintFinding> Read(Letter letter, LetterSubject about)
    {
        foreach (var (section, item) in letter.Items)
        {
            foreach (var sentence in item.Sentences)
            {
                if (about.On is { } on && Expired(section, sentence.Text, on))
                    yield return PlanLint.At(LintCode.EvidenceExpired, sentence);
                if (IsOfOther(sentence.Text, section, about))
                    yield return PlanLint.At(LintCode.EvidenceOfOtherProduct, sentence);
            }
        }
    }

    private static bool Expired(LetterSection section, string text, DateOnly on)
    {
        if (
            LintWords.Pattern("paper.goods").IsMatch(text)
            || !(LintWords.Has(text, "paper") || section.Topics.HasFlag(Topics.Papers))
        )
            return false;
        foreach (Match valid in LintWords.Pattern("paper.validity").Matches(text))
        {
            var after = text[(valid.Index + valid.Length)..];
            after = after.Length > 60 ? after[..60] : after;
            if (Dates.In(after).Take(2).ToList() is not [var first, ..] days || first.At > 20)
                continue;
            // "from … to …": the second is the end.
            var last =
                days.Count > 1 && LintWords.Pattern("paper.range").IsMatch(after[(first.At + first.Length)..days[1].At])
                    ? days[1]
                    : first;
            if (last.Day < on)
                return true;
        }
        return false;
    }

    /// <summary>
    /// A paper that names a model, when the letter is about another one: said as its product, or so alike that it can
    /// be nothing else (LD-306D beside LD-306B).
    /// </summary>
    private static bool IsOfOther(string text, LetterSection section, LetterSubject about)
    {
        if (about.Models.Count == 0 || !(LintWords.Has(text, "paper") || section.Topics.HasFlag(Topics.Papers)))
            return false;
        var said = LintWords.Pattern("paper.model").Matches(text).Select(it => it.Groups["model"].Value);
        var alike = LetterSubject.ModelsIn(text).Where(model => about.Models.Any(own => Family(own) == Family(model)));
        return said.Select(LetterSubject.Folded).Concat(alike).Any(model => !about.Models.Contains(model));
    }

    /// <summary>The letters, and how many digits follow.</summary>
    private static (string, int) Family(string model)
    {
        var letters = model.TakeWhile(char.IsAsciiLetter).Count();
        return (model[..letters], model.Skip(letters).TakeWhile(char.IsAsciiDigit).Count());
    }
}
