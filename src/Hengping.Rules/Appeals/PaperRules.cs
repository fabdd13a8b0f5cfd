using System.Text.RegularExpressions;

namespace Hengping.Rules.Appeals;

/// <summary>Papers that are cited: valid on the letter's day, and for its product.</summary>
internal static class PaperRules
{
    private const int ValidityWithin = 70;

    public static IEnumerable<LintFinding> Read(Letter letter, LetterSubject about)
    {
        foreach (var (section, item) in letter.Items)
        {
            foreach (var sentence in item.Sentences)
            {
                if (
                    about.On is { } on
                    && (sentence.HasAny("paper", "paper.named") || section.Topics.HasFlag(Topics.Papers))
                    && IsOver(sentence.Text, on)
                )
                    yield return PlanLint.At(LintCode.EvidenceExpired, sentence);
                if (IsOfOther(sentence, section, about))
                    yield return PlanLint.At(LintCode.EvidenceOfOtherProduct, sentence);
            }
        }
    }

    /// <summary>It says until when, or from when and for how long, and that day is past.</summary>
    private static bool IsOver(string text, DateOnly on)
    {
        if (LetterPatterns.OfGoods().IsMatch(text))
            return false;
        foreach (Match valid in LetterPatterns.Validity().Matches(text))
        {
            var after = text[(valid.Index + valid.Length)..];
            after = after.Length > ValidityWithin ? after[..ValidityWithin] : after;
            if (Dates.In(after).Take(2).ToList() is [var first, ..] days && first.At <= 20)
            {
                // "from … to …": the second is the end.
                var last =
                    days.Count > 1 && LetterPatterns.Range().IsMatch(after[(first.At + first.Length)..days[1].At])
                        ? days[1]
                        : first;
                if (last.Day < on)
                    return true;
            }
            else if (
                Dates.MonthsIn(after.Length > 12 ? after[..12] : after) is { } months
                && Dates.In(text[..valid.Index]).Select(it => (DateOnly?)it.Day).LastOrDefault() is { } issued
                && issued.AddMonths(months) < on
            )
                return true;
        }
        return false;
    }

    /// <summary>
    /// A paper that names a model, when the letter is about another one: said as its product, or so alike that it can
    /// be nothing else (LD-306D beside LD-306B).
    /// </summary>
    private static bool IsOfOther(Sentence it, LetterSection section, LetterSubject about)
    {
        if (!(it.Has("paper") || section.Topics.HasFlag(Topics.Papers)))
            return false;
        var text = it.Text;
        if (IsOfOtherName(text, about.Product))
            return true;
        if (about.Models.Count == 0)
            return false;
        var all = LetterSubject.ModelsIn(text);
        if (all.Any(about.Models.Contains))
            return false;
        var said = LetterPatterns.ModelOfPaper().Matches(text).Select(model => model.Groups["model"].Value);
        var alike = all.Where(model => about.Models.Any(own => Family(own) == Family(model)));
        return said.Where(model => !LetterPatterns.NoModel().IsMatch(model))
            .Select(LetterSubject.Folded)
            .Concat(alike)
            .Any(model => !about.Models.Contains(model));
    }

    /// <summary>A paper for the same brand's other goods: AeroGlide Classic beside AeroGlide X2.</summary>
    private static bool IsOfOtherName(string text, string product)
    {
        foreach (Match named in LetterPatterns.Branded().Matches(text))
        {
            var brand = named.Groups["brand"].Value;
            if (
                !product.Contains(brand, StringComparison.OrdinalIgnoreCase)
                || !LetterPatterns.IsFor().IsMatch(text[..named.Index])
            )
                continue;
            var name = named.Groups["name"].Value.Split(' ', '-');
            if (!name.Any(it => product.Contains(it, StringComparison.OrdinalIgnoreCase)))
                return true;
        }
        return false;
    }

    /// <summary>The letters, and how many digits follow.</summary>
    private static (string, int) Family(string model)
    {
        var letters = model.TakeWhile(char.IsAsciiLetter).Count();
        return (model[..letters], model.Skip(letters).TakeWhile(char.IsAsciiDigit).Count());
    }
}
