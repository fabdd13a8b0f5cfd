using Hengping.Rules;
using Shouldly;

namespace Hengping.Tests;

/// <summary>A "no" because of where something stands: who did what when, and only what they can do.</summary>
internal static class ToldWell
{
    public static void ShouldTell(this Refusal no, Hearer hearer, IEnumerable<(string Zh, string En)> possible)
    {
        var told = no.ToldTo(() => hearer);
        (told.Code, told.Stood).ShouldBe((no.Code, null));
        told.Zh.ShouldContain("已于");
        told.Zh.ShouldContain("，不能");
        told.En.ShouldContain("; you cannot ");
        hearer.Can.ShouldBeSubsetOf(possible);
        if (hearer.Can is [var first, ..])
            told.Zh.ShouldContain($"您现在可以：{first.Zh}");
        else
            told.Zh.ShouldEndWith(hearer.Otherwise.Zh);
    }
}
