using Hengping.Rules.Inspections;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Rules.Inspections;

/// <summary>From the lots so far to how the next one is inspected.</summary>
public sealed class Switching
{
    /// <summary>1 accepted, 0 rejected; then n, t or s for the lot after each.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("11111", "nnnnn")]
    [InlineData("00", "nt")]
    [InlineData("01110", "nnnnt")]
    [InlineData("011110", "nnnnnn")]
    [InlineData("0111100", "nnnnnnt")]
    [InlineData("01111011110", "nnnnnnnnnnn")]
    [InlineData("0011111", "ntttttn")]
    [InlineData("00111110", "ntttttnn")]
    [InlineData("001111100", "ntttttnnt")]
    [InlineData("001111011111", "nttttttttttn")]
    [InlineData("0000000", "nttttts")]
    [InlineData("00111101111011110111100", "nttttttttttttttttttttts")]
    [InlineData("001111011110111101111011111", "ntttttttttttttttttttttttttn")]
    [InlineData("000000011111", "ntttttssssss")]
    public void Lot_after_lot(string lots, string next)
    {
        var state = SwitchingRule.Start;
        var words = new List<char>();
        foreach (var lot in lots)
        {
            state = state.After(lot == '1');
            words.Add(state.Word[0]);
        }
        new string([.. words]).ShouldBe(next);
    }

    [Fact]
    public void A_stopped_series_goes_on_tightened_and_from_the_beginning()
    {
        var stopped = Enumerable.Repeat(false, 7).Aggregate(SwitchingRule.Start, (s, lot) => s.After(lot));
        stopped.Word.ShouldBe("stop");
        stopped.Zh.ShouldContain("中止检验");
        var again = stopped.Resumed;
        (again.Word, again.RejectedInAll, again.AcceptedInRow).ShouldBe(("tightened", 0, 0));
        Enumerable.Repeat(true, 5).Aggregate(again, (s, lot) => s.After(lot)).ShouldBe(SwitchingRule.Start);
        SwitchingRule.Start.Resumed.ShouldBe(SwitchingRule.Start);
    }
}
