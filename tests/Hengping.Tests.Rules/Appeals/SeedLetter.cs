using Hengping.Rules.Appeals;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Appeals;

/// <summary>The letter of seed 000, inside its article and alone.</summary>
public sealed class SeedLetter
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_gets_what_a_reviewer_would_ask_for(bool whole)
    {
        var article = Article();
        Assert.SkipUnless(article is not null, "../shared is not here");
        var from = whole ? 0 : article!.IndexOf("Dear Amazon", StringComparison.Ordinal);
        var found = PlanLint.Read(article![from..], LintContext.LetterAlone);
        var codes = found.Select(it => it.Code).ToHashSet();
        codes.ShouldContain(LintCode.RootCauseMissing);
        codes.ShouldContain(LintCode.BlameOnly);
        codes.ShouldContain(LintCode.DateMissing);
        codes.ShouldContain(LintCode.OwnerMissing);
        Claims(found, "Check 4 times").ShouldBeTrue();
        Claims(found, "certifications").ShouldBeTrue();
        var unknown = found.Where(it => it.Code == LintCode.UnknownCertification).Select(it => it.Section);
        unknown.ShouldBe(["CDR", "FFC"], ignoreOrder: true);
        var aside = found.Where(it => it.Code == LintCode.OffTopic).ToList();
        aside.ShouldHaveSingleItem().Section!.ShouldStartWith("Expiration");
        // Remarks in Chinese brackets are whoever shows the letter's.
        found.ShouldAllBe(it => !it.Excerpt.Any(c => c >= 0x4E00 && c <= 0x9FFF));
    }

    private static bool Claims(IEnumerable<LintFinding> found, string words) =>
        found.Any(it =>
            it.Code == LintCode.ClaimWithoutEvidence && it.Excerpt.Contains(words, StringComparison.Ordinal)
        );

    private static string? Article()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hengping.slnx")))
            folder = folder.Parent;
        var file = Path.Combine(folder?.FullName ?? ".", "..", "shared", "seeds", "000.txt");
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }
}
