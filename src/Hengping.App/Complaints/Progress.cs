using System.Security.Cryptography;
using System.Text;
using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Complaints;

/// <summary>
/// <c>POST /progress</c>: status by case number and the last four digits of the phone, for anyone. One answer for
/// every wrong pair, after the same work; guesses are limited by address and, against many addresses, by number.
/// </summary>
public static class Progress
{
    internal const int TriesPerNumber = 20;

    /// <summary>One answer, whatever is wrong.</summary>
    public static readonly Refusal Wrong = new(
        "progress.not-found",
        "编号与手机尾号不匹配，请核对后再试",
        "This number and these digits do not belong together; please check both"
    );

    /// <summary>What is asked.</summary>
    public sealed record ProgressRequest(string? Number = null, string? PhoneLast4 = null)
    {
        public ProgressRequest()
            : this(Number: null) { }
    }

    /// <summary>Public status, what it means, and the dates.</summary>
    public sealed record Shown(
        string Number,
        Status Status,
        string StatusText,
        string Help,
        DateTimeOffset FiledAt,
        DateTimeOffset? DeliveredAt,
        DateTimeOffset? RepliedAt,
        DateTimeOffset? EndedAt,
        IReadOnlyList<ShownDeadline> Deadlines
    );

    private sealed record Row(Guid Id, string Number);

    /// <summary>A number was tried too often.</summary>
    private static readonly Allowance ByNumber = new("progress", TriesPerNumber, TimeSpan.FromHours(1), Faults.TooMany);

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/progress", Handle)
            .Accepts<ProgressRequest>("application/json")
            .Produces<Shown>()
            .Anyone()
            .RequireRateLimiting(Limits.Guessing);

    private static async Task<IResult> Handle(HttpContext http, Store store, Law law, CancellationToken ct)
    {
        var (body, instead) = await Body.Read<ProgressRequest>(http, ct);
        if (instead is not null)
            return instead;
        var faults = new FieldFaults();
        faults.If(string.IsNullOrWhiteSpace(body.Number), "number", Fault.Required);
        faults.If(string.IsNullOrWhiteSpace(body.PhoneLast4), "phoneLast4", Fault.Required);
        if (!faults.None)
            return Problems.Fields(faults.All);
        return await Find(store, law, body.Number!, body.PhoneLast4!, ct) switch
        {
            { Slow: { } slow } => slow.AsSlow(http),
            { Shown: { } shown } => Results.Json(shown, Cli.JsonFormat),
            _ => Wrong.AsProblem(StatusCodes.Status404NotFound),
        };
    }

    /// <summary>
    /// The public status of a right pair; nothing for a wrong one; slow where a number is tried too often.
    /// </summary>
    public static async Task<(Shown? Shown, Refusal? Slow)> Find(
        Store store,
        Law law,
        string typedNumber,
        string phoneLast4,
        CancellationToken ct
    )
    {
        var number = CaseNumber.Parse(typedNumber) ?? "";
        if (await ByNumber.Take(store, Tried(typedNumber, number), ct) is { } slow)
            return (null, slow);
        // A number nobody has costs the same unsealing as one that exists: some other case is read instead.
        var row =
            await store.First<Row>(
                $"select id as Id, number as Number from complaints where id = {ComplaintBook.WithNumber()}",
                new { number },
                ct
            ) ?? await store.First<Row>("select id as Id, '' as Number from complaints limit 1", null, ct);
        if (row is null)
            return (null, null);
        var story = await store.ReadStory(ComplaintBook.Instance, row.Id, ct);
        Complaint? complaint = null;
        foreach (var one in story)
            complaint = Complaint.Fold(complaint, one.Event, one.At, one.Author);
        // Nobody's digits are compared where the number is nobody's, or where the case is erased and its phone with it.
        var phone = (story[0].Event as ComplaintEvent.Filed)?.Contact?.Phone;
        var isTheirs = phone is { Length: >= 4 } && row.Number.Length > 0;
        var right = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(phone is { Length: >= 4 } ? phone[^4..] : "----"),
            Encoding.UTF8.GetBytes(PlainText.Plain(phoneLast4) ?? "")
        );
        return (right && isTheirs ? Show(complaint!, law, store.Now) : null, null);
    }

    // What is no number at all is counted as it was typed.
    private static string Tried(string typed, string number) =>
        number.Length == 0 ? typed[..Math.Min(typed.Length, 20)] : number;

    private static Shown Show(Complaint c, Law law, DateTimeOffset now)
    {
        var english = System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        var status = c.PublicStatus(law.Calendar);
        var (zh, en) = Life.Name(status);
        var help = Help(status, c.Hours);
        return new Shown(
            c.Number,
            status,
            english ? en : zh,
            status == Status.Closed ? Closed(c, now)
                : english ? help.En
                : help.Zh,
            c.FiledAt,
            c.DeliveredAt,
            c.FirstValidReply?.At,
            c.EndedAt,
            // Whoever has number and digits, the respondent too.
            Deadlines.Of(c, law, Party.Respondent)
        );
    }

    // Whether it was scored is not said: whoever has number and digits, the respondent too, reads this.
    private static string Closed(Complaint c, DateTimeOffset now) =>
        c is { DeliveredAt: not null, Imported: null, EndedAt: { } ended }
        && ended + ComplaintPolicy.Current.ScoreWithin is var until
        && until > now
            ? Texts.T(c.Excluded is null ? "progress.closed.score" : "progress.closed.uncounted", Say.Instant(until))
            : Texts.T("progress.closed");

    /// <summary>What a status means and what one can do now (seed 001).</summary>
    public static (string Zh, string En) Help(Status status, ReplyHours hours) =>
        status switch
        {
            Status.Filed => (
                "我们正在审核，7个工作日内告知是否受理。",
                "We are looking at it and tell you within 7 working days."
            ),
            Status.Returned => (
                "材料不全，请按通知补充后再次提交。",
                "Something is missing; please complete it and send it again."
            ),
            Status.Declined => (
                "不予受理。您可以在7天内申请一次复核，或寻求其他途径。",
                "Declined. You can ask for one review within 7 days, or take another way."
            ),
            Status.Delivered => (
                $"商家已收到，请等待联系；满{hours.Full}小时未回复可以反馈未解决。",
                $"The merchant has it; without a reply after {hours.Full} hours you can say so."
            ),
            Status.Unreached => (
                "暂时没有联系上商家，我们会继续联系。",
                "The merchant is not reached yet; we keep trying."
            ),
            Status.Contested => (
                "商家提出异议，正在核实；您可以补充说明。",
                "The merchant contests it; it is being checked and you can answer."
            ),
            Status.Replied => (
                "商家已回复。未解决可以申请调解，也可以评分。",
                "The merchant replied. If it is not solved ask for mediation; you can also score."
            ),
            Status.InMediation => ("调解正在进行。", "The mediation is under way."),
            Status.Settled => ("双方已和解，履行后请确认。", "You have settled; please confirm once it is performed."),
            Status.Terminated => (
                "调解已终止。您可以在7天内申请一次复核，或通过仲裁、诉讼解决。",
                "The mediation was terminated. You can ask for one review within 7 days, or go to arbitration or court."
            ),
            Status.Withdrawn => ("投诉已撤回。", "The complaint was withdrawn."),
            _ => ("已办结。", "Closed."),
        };
}
