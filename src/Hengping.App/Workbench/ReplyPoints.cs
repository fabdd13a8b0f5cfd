using System.Globalization;
using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Ratings;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Hengping.App.Workbench;

/// <summary>
/// What an answer counts: said while it is written, by the rule that judges it when it is sent, and once it was sent,
/// with what it did to the index.
/// </summary>
public static class ReplyPoints
{
    /// <summary>A text that was not sent, as the rule judges it.</summary>
    /// <param name="Counts">It would be a valid reply.</param>
    /// <param name="Code">Of the rule: valid, too-short, acknowledgement and so on.</param>
    /// <param name="Said">Whether it would count, why not, and the points of now and later.</param>
    public sealed record Judged(bool Counts, string Code, string Said);

    /// <summary>Where the sum of an answer waits for the page that says it was sent.</summary>
    private const string DoneKey = "reply-points";

    private const int TextMax = ReplyToComplaint.TextMax;

    /// <summary>Puts the doors on their addresses: for who is signed in, and for who came by a link.</summary>
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapPost("/cases/{id:guid}/judge", JudgeForMe).Anyone();
        site.MapPost("/answer/{id:guid}/judge", JudgeByLink).Anyone();
    }

    private static async Task<IResult> JudgeForMe(Guid id, HttpContext http, Store store, CancellationToken ct)
    {
        var opened = (await store.Load(ComplaintBook.Instance, id, ct)).State;
        return
            opened is not null
            && Caller.Of(http.User) is { } caller
            && CaseAccess.PartyOf(opened, caller) == Party.Respondent
            ? await Judge(store, id, opened, http, ct)
            : Answers.NotFound;
    }

    private static async Task<IResult> JudgeByLink(
        Guid id,
        string? link,
        HttpContext http,
        Store store,
        CancellationToken ct
    ) =>
        await AnswerLinks.Visit(store, id, link, ct) is { } visit
            ? await Judge(store, id, visit.Case, http, ct)
            : Answers.NotFound;

    // Nothing is changed by it, and nothing kept: no token is asked for.
    private static async Task<IResult> Judge(
        Store store,
        Guid id,
        Complaint opened,
        HttpContext http,
        CancellationToken ct
    )
    {
        var (said, instead) = await Body.Read<Draft>(http, ct);
        if (instead is not null)
            return instead;
        var text = said.Text is { Length: > TextMax } long_ ? long_[..TextMax] : said.Text ?? "";
        var alike = await ReplyPrints.Alike(store, opened.Respondent, id, text, store.Now, ct);
        alike += Math.Clamp(said.Beside ?? 0, 0, BulkReplyPage.CasesMax);
        var validity = ReplyValidity.Judge(text, ofRespondent: true, alike);
        return Results.Ok(new Judged(validity.Valid, validity.Code, Verdict(validity, opened, store.Now)));
    }

    /// <summary>Whether a text would count, why not, and the points of now and later.</summary>
    public static string Verdict(Validity validity, Complaint opened, DateTimeOffset now)
    {
        var why = Texts.Pick(validity.Zh, validity.En);
        var verdict = validity.Valid ? Texts.T("judge.counts") : Texts.T("judge.counts.not", why);
        return $"{verdict} {Of(opened, now)}".Trim();
    }

    /// <summary>What a valid reply to a case counts now, and until when; empty where it was answered before.</summary>
    public static string Of(Complaint opened, DateTimeOffset now)
    {
        if (opened.Excluded is not null)
            return Texts.T("judge.excluded");
        if (opened.FirstValidReply is not null || opened.DeliveredAt is not { } delivered)
            return opened.FirstValidReply is null ? "" : Texts.T("judge.before");
        var (full, part) = (delivered + opened.Hours.InFull, delivered + opened.Hours.InPart);
        return RatingIndex.ClassOf(delivered, now) switch
        {
            Answered.InFull => Texts.T("judge.full", Say.Instant(full), Say.Instant(part)),
            Answered.InPart => Texts.T("judge.part", Say.Instant(part)),
            _ => Texts.T("judge.late"),
        };
    }

    /// <summary>What a valid reply counts now, in tenths; null where it changes nothing.</summary>
    public static int? TenthsOf(Complaint opened, DateTimeOffset now) =>
        opened is { FirstValidReply: null, Excluded: null, DeliveredAt: { } delivered }
            ? RatingIndex.TenthsOf(RatingIndex.ClassOf(delivered, now))
            : null;

    /// <summary>Before it is sent: what it will have done, to be said once it was; null where nothing.</summary>
    public static async Task<string?> Ahead(Store store, Complaint opened, CancellationToken ct)
    {
        if (TenthsOf(opened, store.Now) is not { } tenths || opened.DeliveredAt is not { } delivered)
            return null;
        var effect = await WaitingList.EffectOf(store, opened.Respondent, delivered, opened.Side, ct);
        var month = Periods.Month(Shanghai.DayOf(delivered));
        return string.Join('|', tenths, month, effect?.Stands, effect?.After);
    }

    /// <summary>Keeps what it has done for whoever loads the page again.</summary>
    public static void Keep(ITempDataDictionary kept, Guid complaint, string ahead) =>
        kept[DoneKey] = $"{complaint:N}|{ahead}";

    /// <summary>After it was sent, what it did; empty where nothing is known of it. It is said once: a page that is
    /// loaded again would name an index of before.</summary>
    public static string Done(ITempDataDictionary kept, Guid complaint, DateTimeOffset now)
    {
        if (
            kept.Peek(DoneKey) is not string said
            || said.Split('|') is not [var of, var tenths, var month, var stands, var after]
            || of != complaint.ToString("N")
        )
            return "";
        kept.Remove(DoneKey);
        var points = Texts.T("did.reply.points", Thousandths(tenths, 10m, "0.0"));
        if (after.Length == 0)
            return points;
        var (name, index) = (Periods.Name(month, now), Thousandths(after, 1000m, "0.000"));
        return points
            + Texts.Pick("", " ")
            + (
                stands.Length == 0
                    ? Texts.T("did.reply.first", name, index)
                    : Texts.T("did.reply.index", name, Thousandths(stands, 1000m, "0.000"), index)
            );
    }

    /// <summary>What several answers do together, before they are sent or after: points, and the index of each month.
    /// </summary>
    /// <param name="key">The sentence with how many, and how many points.</param>
    public static IEnumerable<string> Of(string key, SeveralAnswers.Sum sum, DateTimeOffset now)
    {
        yield return Texts.T(key, Say.Count(sum.Cases), (sum.Tenths / 10m).ToString("0.0", Say.Machine));
        foreach (var month in sum.Months)
        {
            var (name, after) = (Periods.Name(month.Name, now), MerchantDeskPage.Index(month.After));
            if (month.Side == Side.Merchant)
                name = Texts.T("bulk.of.merchants", name);
            yield return month.Stands is null
                ? Texts.T("bulk.first", name, after)
                : Texts.T("did.reply.index", name, MerchantDeskPage.Index(month.Stands), after);
        }
    }

    private static string Thousandths(string kept, decimal parts, string format) =>
        (long.TryParse(kept, CultureInfo.InvariantCulture, out var n) ? n / parts : 0).ToString(
            format,
            CultureInfo.InvariantCulture
        );

    /// <param name="Beside">How many others are about to be sent with the same words.</param>
    private sealed record Draft(string? Text = null, int? Beside = null)
    {
        public Draft()
            : this(Text: null) { }
    }
}
