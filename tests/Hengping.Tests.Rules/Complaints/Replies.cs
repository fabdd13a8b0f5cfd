using Hengping.Rules.Complaints;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Complaints;

/// <summary>有效回复: what counts as an answer.</summary>
public sealed class Replies
{
    [Theory]
    [InlineData("尊敬的用户您好,已为您办理全额退款,3日内原路到账。", "valid")]
    [InlineData("经核实快递在11月3日丢件,我们今天补发一台新的,运单号SF123。", "valid")]
    [InlineData("We refunded your order in full on 3 November; it takes three days to arrive.", "valid")]
    [InlineData("您提供的订单不存在质量问题,检测报告见附件,故不支持退货。", "valid")]
    [InlineData("收到", "too-short")]
    [InlineData("亲亲,您好!谢谢~", "too-short")]
    [InlineData("。。。。。。。。。。。。。。。。。。。。", "too-short")]
    [InlineData("您好,您的投诉已收到,我们会尽快核实处理,请耐心等待,感谢您的理解与支持!", "acknowledgement")]
    [InlineData("非常抱歉给您带来不便,您反馈的问题我们已经转交相关部门跟进处理", "acknowledgement")]
    [InlineData("We have received your complaint and will get back to you as soon as possible.", "acknowledgement")]
    [InlineData("您好,这笔订单由境外卖家发货,请您自行联系海外卖家沟通售后事宜。", "sent-elsewhere")]
    [InlineData("请您自行联系海外卖家办理退款手续,平台无法提供协助", "sent-elsewhere")]
    [InlineData("卖家在境外,平台已为您先行垫付268元,请直接联系我们核对到账", "valid")]
    public void What_counts_as_an_answer(string text, string code)
    {
        var validity = ReplyValidity.Judge(text, ofRespondent: true, alike: 1);
        validity.Code.ShouldBe(code);
        validity.Valid.ShouldBe(code == "valid");
    }

    [Fact]
    public void A_circular_is_no_answer()
    {
        const string text = "已为您办理全额退款,3日内原路到账";
        ReplyValidity.Judge(text, true, alike: 4).Valid.ShouldBeTrue();
        ReplyValidity.Judge(text, true, alike: 5).Code.ShouldBe("repeated");
        ReplyValidity.Print("已为您办理全额退款, 3日内原路到账!!").ShouldBe(ReplyValidity.Print(text));
    }

    [Fact]
    public void Only_a_person_of_the_respondent_answers() =>
        ReplyValidity.Judge("已为您办理全额退款,3日内原路到账", false, 1).Code.ShouldBe("not-the-respondent");

    private static readonly Validity Form = ReplyValidity.Judge("已收到", ofRespondent: true, alike: 1);

    [Fact]
    public void A_reply_that_does_not_count_moves_nothing_and_stops_no_clock()
    {
        var waiting = Cases.Delivered();

        var told = waiting.Then(c => c.Reply("已收到", [], Form, Cases.T0.AddHours(5)), Cases.T0.AddHours(5));

        told.Status.ShouldBe(Status.Delivered);
        told.Replies.ShouldHaveSingleItem().Valid.ShouldBeFalse();
        told.NextTick(Cases.Policy).ShouldBe(waiting.NextTick(Cases.Policy));
        var unreached = Cases.In(Status.Unreached).Then(c => c.Reply("已收到", [], Form, Cases.T0));
        unreached.Status.ShouldBe(Status.Unreached);
        told.Then(c => c.Reply("已全额退款", [], ReplyValidity.Ok, Cases.T0.AddHours(6)), Cases.T0.AddHours(6))
            .Status.ShouldBe(Status.Replied);
    }

    [Fact]
    public void Judged_to_count_after_all_it_answers_the_case()
    {
        var told = Cases.Delivered().Then(c => c.Reply("已收到", [], Form, Cases.T0));
        var judged = told.Then(c => c.DecideValidity(told.Version, true, "说清了", Cases.T0.AddDays(1)));
        judged.Status.ShouldBe(Status.Replied);
        judged.FirstValidReply!.At.ShouldBe(Cases.T0);
    }

    /// <summary>Out of the ratings and back: a matter of the lists, and no clock of the case begins again.</summary>
    [Fact]
    public void Left_out_of_the_ratings_and_back_it_ends_when_it_would_have_ended()
    {
        var told = Cases.Delivered().Then(c => c.Reply("已全额退款", [], ReplyValidity.Ok, Cases.T0), Cases.T0);
        var later = Cases.T0.AddDays(2);
        var without = told.Then(c => c.Exclude("abuse", "理由", later), later);
        without.NextTick(Cases.Policy).ShouldBe(told.NextTick(Cases.Policy));
        without
            .Then(c => c.Include("查实", later.AddHours(5)), later.AddHours(5))
            .NextTick(Cases.Policy)
            .ShouldBe(told.NextTick(Cases.Policy));
        told.Apply(new ComplaintEvent.Excluded("abuse"), later, "staff:2").ActiveAt.ShouldBe(later);
    }

    [Fact]
    public void In_a_log_of_before_it_stays_answered_and_a_score_stays_a_move()
    {
        var before = Cases.Delivered().Apply(new ComplaintEvent.Replied(false, Form.Code), Cases.T0, "merchant:1");
        before.Status.ShouldBe(Status.Replied);
        var scored = new ComplaintEvent.Scored(3, Resolved.No, null);
        before.Apply(scored, Cases.T0.AddDays(2), "claimant:1").ActiveAt.ShouldBe(Cases.T0.AddDays(2));
        before.Apply(scored with { Fold = 1 }, Cases.T0.AddDays(2), "claimant:1").ActiveAt.ShouldBe(Cases.T0);
    }
}
