using System.Text;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Rules.Merchants;

/// <summary>Names that are one however they are written, and names that are not.</summary>
public sealed class FoldedNames
{
    [Theory]
    [InlineData("ＡＢＣ（北京）", "abc(北京)", "abc(北京)")]
    [InlineData("ABC （北京）", "abc(北京)", "abc(北京)")]
    [InlineData("【天天】旗舰店", "[天天]旗舰店", "(天天)旗舰店")]
    [InlineData("「天天」旗舰店", "｛天天｝旗舰店", "(天天)旗舰店")]
    [InlineData("﹙天天﹚旗舰店", "〔天天〕旗舰店", "(天天)旗舰店")]
    [InlineData("北京\u3000王府井", "北京 王府井", "北京王府井")]
    [InlineData("Best\u00A0Buy", "BEST   buy", "best buy")]
    [InlineData("A & B", "a&b", "a&b")]
    [InlineData("ｱﾏｿﾞﾝ", "アマゾン", "アマゾン")]
    [InlineData("Weiß GmbH", "WEISS GMBH", "weiss gmbh")]
    [InlineData("STRAẞE", "straße", "strasse")]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφος", "σίσυφοσ")]
    [InlineData("İSTANBUL", "istanbul", "istanbul")]
    [InlineData("i\u0307stanbul", "Istanbul", "istanbul")]
    [InlineData("Cafe\u0301", "CAFÉ", "café")]
    [InlineData("ﬃcina", "FFICINA", "fficina")]
    [InlineData("㈱山田", "（株）山田", "(株)山田")]
    [InlineData("\U00010400店", "\U00010428店", "\U00010428店")]
    [InlineData("天\u200B天", "天天", "天天")]
    [InlineData("❤\uFE0F花店", "❤花店", "❤花店")]
    [InlineData("甲\U000E0100商城", "甲商城", "甲商城")]
    [InlineData("甲\u17B4商\u17B5城", "甲商城", "甲商城")]
    [InlineData("甲\u2800商城\u2800", "甲商城", "甲商城")]
    [InlineData("甲\u0300商\u20DD城", "甲商城", "甲商城")]
    [InlineData("𠮷\u0301野家", "𠮷野家", "𠮷野家")]
    [InlineData("Best\u2800Buy", "best buy", "best buy")]
    [InlineData("𠮷野家 北京", "𠮷野家北京", "𠮷野家北京")]
    public void One_name_written_in_two_ways(string one, string other, string folded) =>
        (FoldedName.Of(one), FoldedName.Of(other)).ShouldBe((folded, folded));

    [Theory]
    [InlineData("Best Buy", "Bestbuy")]
    [InlineData("100%好店", "100好店")]
    [InlineData("天天_店", "天天店")]
    [InlineData("ı店", "i店")]
    [InlineData("𠮷野家", "吉野家")]
    public void Two_names(string one, string other) => FoldedName.Of(one).ShouldNotBe(FoldedName.Of(other));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u3000\u00A0")]
    [InlineData("\u200B\u202E")]
    public void Nothing(string? name) => FoldedName.Of(name).ShouldBe("");

    // CaseFolding.txt of Unicode, status F, as its lines stand: a letter that becomes several.
    [Theory]
    [InlineData("ŉ", "ʼn")]
    [InlineData("ǰ", "ǰ")]
    [InlineData("ΐ", "ΐ")]
    [InlineData("և", "եւ")]
    [InlineData("ẖ", "ẖ")]
    [InlineData("ẚ", "aʾ")]
    [InlineData("ὖ", "ὖ")]
    [InlineData("ᾀ", "ἀι")]
    [InlineData("ᾏ", "ἇι")]
    [InlineData("ᾼ", "αι")]
    [InlineData("ῃ", "ηι")]
    [InlineData("ῷ", "ῶι")]
    [InlineData("ﬅ", "st")]
    [InlineData("ﬗ", "մխ")]
    public void A_letter_that_folds_to_several(string letter, string several) =>
        FoldedName.Of(letter).ShouldBe(several.Normalize(NormalizationForm.FormKC));

    [Fact]
    public void Folding_what_is_folded_changes_nothing_and_capitals_fold_as_small_letters()
    {
        for (var value = 0; value <= 0x2FFFF; value++)
        {
            if (!Rune.TryCreate(value, out var rune))
                continue;
            var folded = FoldedName.Of($"甲{rune}a");
            FoldedName.Of(folded).ShouldBe(folded, $"U+{value:X4}");
            FoldedName.Of($"甲{Rune.ToUpperInvariant(rune)}a").ShouldBe(folded, $"U+{value:X4}");
            FoldedName.Of($"甲{Rune.ToLowerInvariant(rune)}a").ShouldBe(folded, $"U+{value:X4}");
        }
    }

    [Fact]
    public void A_folded_name_fits_into_an_index() =>
        FoldedName
            .Of(new string('\uFDFA', Merchant.NameLengthMax))
            .Length.ShouldBeLessThanOrEqualTo(FoldedName.LengthMax);
}
