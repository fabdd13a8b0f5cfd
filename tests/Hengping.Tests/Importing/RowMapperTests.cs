using Hengping.App.Importing;
using Hengping.App.Platform;
using Shouldly;
using Xunit;

namespace Hengping.Tests.Importing;

public sealed class RowMapperTests : IDisposable
{
    private const string Cfpb =
        "Date received,Product,Issue,Consumer complaint narrative,Company,Date sent to company,"
        + "Company response to consumer,Timely response?,Complaint ID\n";
    private const string Nyc =
        "Business Name,Mediation Start Date,Mediation Close Date,Complaint Result,Satisfaction,Restitution,"
        + "Complainant Zip \n";
    private readonly SourceFixture files = new();

    private SourceComplaint One(string map, string text) =>
        SourceFixture.Map(files.Write("a.csv", text), map).Single().Made.Event!;

    private string Code(string map, string text) =>
        SourceFixture.Map(files.Write("a.csv", text), map).Single().Made.Refusal!.Code;

    private static DateTimeOffset Day(int year, int month, int day) =>
        new(year, month, day, 0, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void A_bureau_row_is_replied_at_an_unknown_instant_with_the_sources_flag()
    {
        var made = One("cfpb", Cfpb + "2019/9/19,Card,Fees,call 13812345678,A  b,2019/9/20,Closed,No,77\n");
        made.Key.ShouldBe("77");
        made.Respondent.ShouldBe("A  b");
        made.FiledAt.ShouldBe(Day(2019, 9, 19));
        made.Text.ShouldBe("call 138****5678");
        made.Problem.ShouldBe("other");
        made.Tags["product"].ShouldBe("Card");
        made.Tags["issue"].ShouldBe("Fees");
        made.Course.ShouldBe([
            new SourceStep.Delivered(Day(2019, 9, 20)),
            new SourceStep.Replied(Day(2019, 9, 20), InstantKnown: false, Timely: false, Text: null),
        ]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("In progress")]
    [InlineData("Untimely response")]
    public void No_answer_is_no_reply(string response) =>
        One("cfpb", $"{Cfpb}2019/9/19,Card,Fees,,A,2019/9/20,{response},Yes,77\n")
            .Course.ShouldBe([new SourceStep.Delivered(Day(2019, 9, 20))]);

    [Theory]
    [InlineData("2019/9/21,Card,Fees,,A,2019/9/20,Closed,Yes,77", "date.order")]
    [InlineData("2019/9/19,Card,Fees,,A,,Closed,Yes,77", "date.missing")]
    [InlineData(",Card,Fees,,A,2019/9/20,Closed,Yes,77", "date.missing")]
    [InlineData("2019/9/19,Card,Fees,, ,2019/9/20,Closed,Yes,77", "respondent.missing")]
    [InlineData("2026/11/22,Card,Fees,,A,2026/11/22,Closed,Yes,77", "date.future")]
    [InlineData("2026/11/20,Card,Fees,,A,2027/11/22,Closed,Yes,77", "date.future")]
    [InlineData("Card,Fees,2019/9/19,,A,2019/9/20,Closed,Yes,77", "date.unreadable")]
    public void A_bureau_row_that_does_not_hold_is_refused(string row, string code) =>
        Code("cfpb", Cfpb + row + "\n").ShouldBe(code);

    public static TheoryData<string, string, string> Results() =>
        new()
        {
            { "Cash Amount - AMT", "Yes", "Delivered Replied Closed Scored" },
            { "No Satisfactory Agreement - NSA", "NA", "Delivered Replied Closed" },
            { "Cash Amount - Consumer Restitution from Escrow", "", "Delivered Replied Closed" },
            { "Unable to Locate Business - ULV", "NA", "Delivered Unreached Excluded" },
            { "Out of Business - OOB", "NA", "Delivered Unreached Excluded" },
            { "Complaint Invalid - CIN", "NA", "Declined" },
            { "No Business Response - NVR", "No", "Delivered Terminated Scored" },
            { "Consumer Withdrew Complaint - CWC", "NA", "Delivered Replied Withdrawn" },
            { "Unable to Locate Consumer - ULC", "NA", "Delivered Replied Closed" },
        };

    [Theory]
    [MemberData(nameof(Results))]
    public void Every_result_of_a_mediation_has_its_course(string result, string satisfied, string course)
    {
        var made = One("nyc", $"{Nyc}A,03/23/2016,04/15/2016,{result},{satisfied},707.00,10036\n");
        string.Join(' ', made.Course.Select(step => step.GetType().Name)).ShouldBe(course);
        foreach (var step in made.Course)
            step.At.ShouldBe(step is SourceStep.Delivered ? Day(2016, 3, 23) : Day(2016, 4, 15));
        if (made.Course.OfType<SourceStep.Closed>().SingleOrDefault() is { } closed)
            (closed.Outcome, closed.Recovered).ShouldBe((result, 707m));
        if (made.Course.OfType<SourceStep.Scored>().SingleOrDefault() is { } scored)
            scored.Satisfaction.ShouldBe(satisfied == "Yes" ? 7.5m : 2.5m);
    }

    [Theory]
    [InlineData("A,04/16/2016,04/15/2016,X,NA,0,1", "date.order")]
    [InlineData("A,04/14/2016,,X,NA,0,1", "date.missing")]
    [InlineData(",04/14/2016,04/15/2016,X,NA,0,1", "respondent.missing")]
    [InlineData("A,04/14/2016,04/15/2016,X,NA,-5,1", "number.unreadable")]
    [InlineData("A,04/14/2016,04/15/2016,X,NA,much,1", "number.unreadable")]
    public void A_mediation_that_does_not_hold_is_refused(string row, string code) =>
        Code("nyc", $"{Nyc}{row}\n").ShouldBe(code);

    [Fact]
    public void Demands_in_one_cell_are_split_and_unknown_words_kept_beside_other()
    {
        var made = One(
            "heimao",
            "title,detail,target,issue,demand\nT,D,某店,不予退款,\"退款,赔偿,作出处罚,处理后台bug\"\n"
        );
        made.FiledAt.ShouldBe(SourceFixture.Now);
        made.Text.ShouldBe("T\nD");
        made.Problem.ShouldBe("refund");
        made.Demands.ShouldBe(["refund", "compensation", "other"]);
        made.Tags["demands"].ShouldBe("退款,赔偿,作出处罚,处理后台bug");
    }

    [Fact]
    public void A_petition_carries_its_answer_with_its_instant()
    {
        var made = One(
            "tipdm",
            "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间\n"
                + "9,U1,主题,2019/4/25 9:32:09,\"\n\t\t\t详情\",已经处理,2019/5/10 14:56:53\n"
        );
        made.Claimant.ShouldBe("U1");
        made.Text.ShouldBe("主题\n详情");
        var replied = made.Course.OfType<SourceStep.Replied>().Single();
        (replied.InstantKnown, replied.Text).ShouldBe((true, "已经处理"));
        replied.At.ShouldBe(new DateTimeOffset(2019, 5, 10, 14, 56, 53, TimeSpan.FromHours(8)));
    }

    [Fact]
    public void Our_own_mapping_reads_anybodys_file()
    {
        var mapping = MappingFile.Read(
            """
            {
              "source": "my-market", "id": "No", "filed": "Day", "delivered": ["Sent", "Forwarded"],
              "respondent": "Shop", "text": ["Title", "Story"], "problem": "Kind", "problems": {"Geld": "refund"},
              "demands": "Wants", "amount": "Sum", "replied": "Answered", "reply": "Answer",
              "closed": "Done", "recovered": "Paid", "score": "Stars", "scoreScale": 5,
              "tags": {"kind": "Kind"}, "dates": "dmy"
            }
            """,
            "map.json"
        );
        var path = files.Write(
            "a.csv",
            "No;Day;Forwarded;Shop;Title;Story;Kind;Wants;Sum;Answered;Answer;Done;Paid;Stars\n"
                + "1;3.4.2025;5.4.2025;Laden;Oh;weh;Geld;refund;1,299.50;6.4.2025 10:00;gut;9.4.2025;20;4\n"
        );
        var made = SourceFixture.Map(path, mapping).Single().Made.Event!;
        (made.Key, made.Respondent, made.Text, made.Problem, made.Amount).ShouldBe(
            ("1", "Laden", "Oh\nweh", "refund", 1299.50m)
        );
        made.Course.ShouldBe([
            new SourceStep.Delivered(Day(2025, 4, 5)),
            new SourceStep.Replied(Day(2025, 4, 6).AddHours(10), true, null, "gut"),
            new SourceStep.Closed(Day(2025, 4, 9), null, 20m),
            new SourceStep.Scored(Day(2025, 4, 9), 8m),
        ]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"filed":"a"}""")]
    [InlineData("""{"source":"cfpb","filed":"a"}""")]
    [InlineData("""{"source":"Bad Name","filed":"a"}""")]
    [InlineData("""{"source":"x","filed":"a","unknown":1}""")]
    [InlineData("""{"source":"x","filed":"a","problems":{"a":"no-such-code"}}""")]
    [InlineData("""{"source":"x","filed":"a","results":{"a":"noSuchCourse"}}""")]
    [InlineData("""{"source":"x","filed":1}""")]
    public void A_mapping_that_does_not_hold_is_refused(string json) =>
        Should.Throw<Refused>(() => MappingFile.Read(json, "map.json")).Refusal.Code.ShouldBe("import.map");

    [Fact]
    public void An_unknown_mapping_is_refused() =>
        Should.Throw<Refused>(() => MappingFile.Find("weibo")).Refusal.Code.ShouldBe("import.map");

    public void Dispose() => files.Dispose();
}
