using Hengping.Rules.Ratings;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Ratings;

/// <summary>What answering now does to the index: checked against the index of the cases themselves.</summary>
public sealed class AnswerEffects
{
    private static readonly DateTimeOffset Delivered = new(2026, 10, 12, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, Answered.InFull, Answered.InPart, 72)]
    [InlineData(71.999, Answered.InFull, Answered.InPart, 72)]
    [InlineData(72, Answered.InPart, Answered.Late, 120)]
    [InlineData(120, Answered.InPart, Answered.Late, 120)]
    [InlineData(120.001, Answered.Late, Answered.Late, null)]
    public void The_next_line_and_what_counts_before_and_after(double hours, Answered now, Answered next, int? step)
    {
        var effect = AnswerEffect.Of(Tally(pending: hours <= 120), Delivered, Delivered.AddHours(hours))!;
        (effect.Now, effect.Next).ShouldBe((now, next));
        effect.StepAt.ShouldBe(step is { } h ? Delivered.AddHours(h) : null);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(200)]
    public void Each_index_is_that_of_the_cases_with_this_one_answered_so(double hours)
    {
        var pending = hours <= 120;
        var tally = Tally(pending);
        var effect = AnswerEffect.Of(tally, Delivered, Delivered.AddHours(hours))!;
        effect.IfNow.ShouldBe(IndexOf(With(effect.Now)));
        effect.IfNext.ShouldBe(IndexOf(With(effect.Next)));
        effect.IfNever.ShouldBe(IndexOf(With(Answered.Never)));
        AnswerEffect.OfAll(tally, [Delivered], Delivered.AddHours(hours)).ShouldBe(effect.IfNow);
    }

    [Fact]
    public void Nothing_is_said_while_the_sums_have_not_heard_of_the_case()
    {
        var tally = default(Tally);
        AnswerEffect.Of(tally, Delivered, Delivered.AddHours(200)).ShouldBeNull();
        AnswerEffect.OfAll(tally, [Delivered], Delivered.AddHours(200)).ShouldBeNull();
        AnswerEffect.Of(tally, Delivered, Delivered.AddHours(1))!.IfNow.ShouldBe(800);
    }

    // Four others: fast and scored 8, slow, late, never. The one that waits is in the base once its 120 h are over.
    private static Tally Tally(bool pending) => pending ? Others() : With(Answered.Never);

    private static Tally With(Answered answered)
    {
        var tally = Others();
        tally.Add(answered, -1, anonymous: false);
        return tally;
    }

    private static Tally Others()
    {
        var tally = default(Tally);
        tally.Add(Answered.InFull, 8_000, anonymous: false);
        tally.Add(Answered.InPart, -1, anonymous: false);
        tally.Add(Answered.Late, -1, anonymous: false);
        tally.Add(Answered.Never, -1, anonymous: false);
        return tally;
    }

    private static long IndexOf(in Tally t) =>
        RatingIndex.Thousandths(t.Valid, t.Replied, t.Tenths, t.Scored, t.ScoreMilli, Unscored.Zero);
}
