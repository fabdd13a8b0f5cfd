using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Screening;
using Shouldly;
using Xunit;
using static Hengping.Tests.Complaints.Cases;

namespace Hengping.Tests.Complaints;

/// <summary>The fields of a filing: what is cleaned, what is a fault and under which name.</summary>
public sealed class Filings
{
    private static string[] FaultsOf(Filing filing)
    {
        var faults = new FieldFaults();
        filing.Check(Cases.Codes, T0, Policy, faults);
        return [.. faults.All.Select(f => $"{f.Key}:{f.Value.Code}").Order()];
    }

    public static TheoryData<string, Filing> Wrong() =>
        new()
        {
            { "story:field.required", Filing() with { Story = null } },
            { "story:field.required", Filing() with { Story = " \u0000\u200b\n ".Replace("\u200b", "") } },
            { "story:field.too-short", Filing() with { Story = "坏了不给退货" } },
            { "story:field.too-long", Filing() with { Story = new string('坏', 5_001) } },
            {
                "story:field.too-long",
                Filing() with
                {
                    Story = "a" + new string('\u0301', 60_000) + new string('b', 20),
                }
            },
            { "contact.name:field.required", Filing() with { Name = "" } },
            { "contact.name:field.name", Filing() with { Name = "王" } },
            { "contact.name:field.name", Filing() with { Name = "用户123" } },
            { "contact.phone:field.required", Filing() with { Phone = null } },
            { "contact.phone:field.phone", Filing() with { Phone = "12812345678" } },
            { "contact.phone:field.phone", Filing() with { Phone = "1381234567" } },
            { "contact.email:field.email", Filing() with { Email = "a@b" } },
            { "contact.email:field.email", Filing() with { Email = "a@b.example,c" } },
            { "contact.email:field.email", Filing() with { Email = "<a@b.example>" } },
            { "contact.province:field.unknown", Filing() with { Province = "火星" } },
            { "demands:field.required", Filing() with { Demands = [] } },
            { "demands:field.unknown", Filing() with { Demands = ["refund", "gold"] } },
            { "problem:field.unknown", Filing() with { Problem = "refund-only" } },
            { "sector:field.required", Filing() with { Sector = null } },
            { "amount:field.amount", Filing() with { Amount = -1 } },
            { "amount:field.amount", Filing() with { Amount = 1.001m } },
            { "liabilityAccepted:field.liability", Filing() with { LiabilityAccepted = false } },
            { "consents:field.required", Filing() with { Consents = null } },
            { "orderedAt:field.future", Filing() with { OrderedAt = new DateOnly(2026, 10, 10) } },
            { "contactedMerchant.at:field.future", Filing() with { ContactedMerchantAt = T0.AddMinutes(1) } },
            { "orderNo:field.too-long", Filing() with { OrderNo = new string('1', 65) } },
            { "goodsUrl:field.url", Filing() with { GoodsUrl = "javascript:alert(1)" } },
            { "channel:field.unknown", Filing() with { Channel = "pigeon" } },
            {
                "evidence:field.too-many",
                Filing() with
                {
                    Evidence = [.. Enumerable.Range(0, 31).Select(_ => Guid.NewGuid())],
                }
            },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_field_is_named(string fault, Filing filing) => FaultsOf(filing).ShouldBe([fault]);

    [Fact]
    public void A_good_filing_has_no_fault_and_evidence_is_never_a_bar() => FaultsOf(Filing()).ShouldBeEmpty();

    [Fact]
    public void Ten_and_five_thousand_characters_are_enough_and_emoji_count_as_one()
    {
        FaultsOf(Filing("一二三四五六七八九十")).ShouldBeEmpty();
        FaultsOf(Filing(new string('坏', 5_000))).ShouldBeEmpty();
        PlainText.Length("👍🏽👨‍👩‍👧é").ShouldBe(3);
        FaultsOf(Filing(string.Concat(Enumerable.Repeat("👍🏽", 9)))).ShouldBe(["story:field.too-short"]);
    }

    [Fact]
    public void Control_characters_and_direction_overrides_are_taken_out() =>
        PlainText.Lines("\u0000水壶\u202E坏了\r\n第二行\uD800\t好\u0007 ").ShouldBe("水壶坏了\n第二行\t好");

    [Theory]
    [InlineData("13812345678", "13812345678")]
    [InlineData("+86 138-1234-5678", "13812345678")]
    [InlineData("0086 13812345678", "13812345678")]
    [InlineData("１３８１２３４５６７８", "13812345678")]
    [InlineData("(0571) 8765 4321", "057187654321")]
    [InlineData("010-62345678", "01062345678")]
    [InlineData("0313-2345678", "03132345678")]
    [InlineData("0101-2345678", null)]
    [InlineData("+1 212 555 0100", null)]
    [InlineData("+1 415 555 2671", null)]
    [InlineData("001 415 555 2671", null)]
    [InlineData("+852 2345 6789", null)]
    [InlineData("+86 21 5206 6273", "02152066273")]
    [InlineData("+86 (0571) 8888 8888", "057188888888")]
    [InlineData("8657188888888", "057188888888")]
    [InlineData("138 0000 0077", "13800000077")]
    [InlineData("138-0000-0079", "13800000079")]
    [InlineData("\u200b13800000001", "13800000001")]
    [InlineData("13800000001\u200e", "13800000001")]
    [InlineData("0571-88888888-8001", null)]
    [InlineData("110", null)]
    [InlineData("138123456789", null)]
    [InlineData("手机13812345678", null)]
    public void Phones_of_the_mainland(string typed, string? digits) => PhoneNumber.Normalise(typed).ShouldBe(digits);

    [Theory]
    [InlineData("王小明", "王")]
    [InlineData("欧阳明", "欧阳")]
    [InlineData("欧阳", "欧")]
    [InlineData("阿卜杜拉·买买提", "阿卜杜拉")]
    [InlineData("John Smith", "Smith")]
    [InlineData("𠮷田太郎", "𠮷")]
    [InlineData("李〇", "李")]
    [InlineData("阿卜杜拉‧麦麦提", "阿卜杜拉")]
    [InlineData("钟离子衿", "钟离")]
    public void The_respondent_sees_the_surname_only(string name, string surname)
    {
        PersonName.IsPlausible(name).ShouldBeTrue();
        PersonName.Surname(name).ShouldBe(surname);
    }

    [Fact]
    public void A_childs_matter_is_never_published()
    {
        var ticked = Filing() with { Consents = new Consents(true, true, false) };
        Filed(ticked).Consents!.Publish.ShouldBeTrue();
        Filed(ticked with { FiledFor = FiledFor.Child }).Consents!.Publish.ShouldBeFalse();
        Filed(ticked with { Problem = "minor-payment" }).Consents!.Publish.ShouldBeFalse();
        Filed(ticked with { FiledFor = FiledFor.Child })
            .Then(c => c.ChangeConsents(new Consents(true, true, true), T0))
            .Consents!.Publish.ShouldBeFalse();
    }

    [Fact]
    public void A_duplicate_is_refused_with_the_number_of_the_open_one()
    {
        var clean = Filing().Check(Cases.Codes, T0, Policy, new FieldFaults());
        var arrival = new Arrival("n", T0, DuplicateOf: "7K3M-9QXA-2BTC");
        var no = Complaint.File(clean, arrival, Policy, ScreeningList.Shipped).Refusal!;
        no.Code.ShouldBe("complaint.duplicate");
        no.Zh.ShouldContain("7K3M-9QXA-2BTC");
    }

    [Fact]
    public void A_merchant_does_not_complain_against_itself()
    {
        var filing = Filing() with { Side = Side.Merchant, Problem = "deposit", ClaimantMerchant = Shop };
        Complaint
            .File(
                filing.Check(Cases.Codes, T0, Policy, new FieldFaults()),
                new Arrival("n", T0),
                Policy,
                ScreeningList.Shipped
            )
            .Refusal!.Code.ShouldBe("complaint.itself");
    }

    [Theory]
    [InlineData("孩子喝完奶粉中毒送急诊了,要求赔偿", "quality", 50, Priority.P0)]
    [InlineData("The charger caught fire and my son was hurt", "quality", 50, Priority.P0)]
    [InlineData("Grandma passed out from the fumes, we called an ambulance", "quality", 50, Priority.P0)]
    [InlineData("I studied the manual and it still does not work", "quality", 50, Priority.P3)]
    [InlineData("收钱之后就把我拉黑了,不发货", "fraud", 50, Priority.P1)]
    [InlineData("装修款一直不退,要求退款", "refund", 10_000, Priority.P1)]
    [InlineData("洗衣机坏了不给修,要求退款", "refund", 1_000, Priority.P2)]
    [InlineData("孩子偷偷充值打赏主播,要求退款", "minor-payment", 100, Priority.P2)]
    [InlineData("衣服起球了不给退货,要求退款", "refund", 999, Priority.P3)]
    public void Triage_puts_safety_first(string story, string problem, int amount, Priority expected) =>
        Triage.Of(Filing(story) with { Problem = problem, Amount = amount }, 0, Policy).ShouldBe(expected);

    [Theory]
    [InlineData("衣服起球了不给退货,要求退款", true, Priority.P0)]
    [InlineData("衣服起球了不给退货,要求退款", false, Priority.P3)]
    [InlineData("热水器漏电,要求退款", false, Priority.P0)]
    public void A_yes_is_enough_and_a_no_takes_no_word_back(string story, bool danger, Priority expected) =>
        Triage.Of(Filing(story) with { Danger = danger }, 0, Policy).ShouldBe(expected);

    /// <summary>Until staff have looked the first clock runs, then the second; delivered, neither.</summary>
    [Fact]
    public void Safety_has_clocks_of_its_own()
    {
        var terms = new SafetyTerms(T0.AddHours(2), T0.AddHours(24));
        var clean = (Filing() with { Danger = true }).Check(Cases.Codes, T0, Policy, new FieldFaults());
        var arrival = new Arrival("n", T0.AddDays(11), Safety: terms);
        var filed = Complaint.File(clean, arrival, Policy, ScreeningList.Shipped).Event!;
        var opened = Complaint.Fold(null, filed, T0, "claimant:1");
        opened.SafetyBy.ShouldBe(terms.SeenBy);
        opened.Turns(T0, Policy).ShouldContain(turn => turn.By == terms.SeenBy);
        opened.Then(c => c.Deliver("p1", T0), T0).SafetyBy.ShouldBeNull();
        var calm = (Filing() with { Danger = false }).Check(Cases.Codes, T0, Policy, new FieldFaults());
        Complaint
            .File(calm, arrival, Policy, ScreeningList.Shipped)
            .Event.ShouldBeOfType<ComplaintEvent.Filed>()
            .Safety.ShouldBeNull();
    }

    [Fact]
    public void Many_claimants_make_it_urgent() =>
        Triage.Of(Filing("不退款") with { Amount = 10 }, 10, Policy).ShouldBe(Priority.P1);

    [Theory]
    [InlineData("事发路口交汇处,我要维权,客服说去找政府")]
    [InlineData("老板说我敲诈,我打12315投诉")]
    public void Ordinary_words_pass_the_screening(string text) => ScreeningList.Shipped.Read(text).ShouldBeEmpty();

    [Fact]
    public void A_hit_has_its_place_and_refuses_nothing()
    {
        var hits = ScreeningList.Shipped.Read("客服骂我傻逼,还说弄死你");
        hits.Select(h => (h.Start, h.Kind)).ShouldBe([(4, ScreeningKind.Insult), (9, ScreeningKind.Threat)]);
        Filed(Filing("客服骂我傻逼,还说弄死你,要求道歉")).ScreeningHits.ShouldBe(2);
    }
}
