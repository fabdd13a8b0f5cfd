using Hengping.App.Clocks;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>The report somebody made before about the same respondent and the same kind of breach.</summary>
public sealed record FirstReport(Guid Id, string Number, bool IsOpen);

/// <summary>A report that may be of the same reporter.</summary>
public sealed record PerhapsSame(Guid Id, string Number, ReportStatus Status);

/// <summary>
/// 重复举报: answered to who reports under their own name while signed in. Of who gives a name and a phone alone it is
/// said to the desk, and to nobody else: anybody can type anybody's phone. Nothing is kept that tells one anonymous
/// reporter from another.
/// </summary>
public static class RepeatedReports
{
    private const int LookedAtMax = 50;

    private sealed record Other(Guid Id, string Number, string Status);

    /// <summary>
    /// Reports of the same phone about the same respondent and breach, newest first. Compared when staff look: no print
    /// of the phone is kept, and of what is erased or locked nothing is compared.
    /// </summary>
    /// <param name="filed">The report that is looked at, unsealed.</param>
    public static async Task<IReadOnlyList<PerhapsSame>> OfPhone(
        Store store,
        Guid id,
        ReportEvent.Filed filed,
        CancellationToken ct
    )
    {
        if (PhoneOf(filed) is not { } phone)
            return [];
        var whom = filed.Respondent is null ? "respondent is null" : "respondent = @respondent";
        var others = await store.Query<Other>(
            $"""
            select id as Id, number as Number, status as Status from reports
            where {whom} and breach = @breach and not anonymous and not erased and status <> 'withdrawn' and id <> @id
            order by received_at desc, id desc limit @max
            """,
            new
            {
                id,
                respondent = filed.Respondent ?? Guid.Empty,
                breach = filed.Breach,
                max = LookedAtMax,
            },
            ct
        );
        var same = new List<PerhapsSame>();
        foreach (var other in others)
            if (
                await store.ReadStory(ReportBook.Instance, other.Id, ct) is [{ Event: ReportEvent.Filed before }, ..]
                && PhoneOf(before) == phone
                && (filed.Respondent is not null || IsAbout(before, filed.Story?.RespondentName))
            )
                same.Add(new PerhapsSame(other.Id, other.Number, Words.Parse<ReportStatus>(other.Status)!.Value));
        return same;
    }

    private static string? PhoneOf(ReportEvent.Filed filed) => (filed.Contact ?? filed.PersonContact)?.Phone;

    private sealed record Row(Guid Id, string Number, long Open);

    /// <summary>The first that still stands, an open one before ended ones; null where this is the first.</summary>
    /// <param name="seed">What the number of this sending follows from: sent again it is no repeat.</param>
    public static async Task<FirstReport?> Find(
        Store store,
        Guid reporter,
        Guid? respondent,
        ReportDraft draft,
        string? seed,
        CancellationToken ct
    )
    {
        var own = seed is null ? "" : ReportKeys.NumberOf(store, seed);
        var rows = await store.Query<Row>(
            """
            select id as Id, number as Number, cast(case when ended_at is null then 1 else 0 end as bigint) as Open
            from reports
            where reporter = @reporter and breach = @breach and not erased and status <> 'withdrawn' and number <> @own
              and (respondent = @respondent or (respondent is null and not @isListed))
            order by case when ended_at is null then 0 else 1 end, received_at, id limit @max
            """,
            new
            {
                reporter,
                breach = draft.Breach,
                own,
                respondent = respondent ?? Guid.Empty,
                isListed = respondent is not null,
                max = LookedAtMax,
            },
            ct
        );
        if (own.Length > 0 && await ReportBook.Find(store, own, ct) != Guid.Empty)
            return null;
        foreach (var row in rows)
            if (respondent is not null || await IsAbout(store, row.Id, draft.RespondentName, ct))
                return new FirstReport(row.Id, row.Number, row.Open == 1);
        return null;
    }

    // Whom no entry stands for is known by a name that lies sealed in the report.
    private static async Task<bool> IsAbout(Store store, Guid id, string? name, CancellationToken ct) =>
        await store.ReadStory(ReportBook.Instance, id, ct) is [{ Event: ReportEvent.Filed filed }, ..]
        && IsAbout(filed, name);

    private static bool IsAbout(ReportEvent.Filed filed, string? name) =>
        filed.Story is { } story && FoldedName.Of(story.RespondentName) == FoldedName.Of(name);

    /// <summary>Adds new facts to an open report of the same reporter: its term runs anew.</summary>
    public static async Task<(ReportReceipt? Receipt, Refusal? No)> Merge(
        Store store,
        Law law,
        FirstReport first,
        string text,
        BroughtFiles files,
        Idempotent? once,
        CancellationToken ct
    )
    {
        var loaded = await store.Load(ReportBook.Instance, first.Id, ct);
        var (_, verifyBy) = ReportClocks.Of(law, store.Now);
        var decided = loaded.State!.Merge(text, files.Items, verifyBy, files.Origin);
        if (decided.Refusal is { } no)
            return (null, no);
        var noted = ReportClocks.Noted(decided.Event!, Report.Fold(loaded.State, decided.Event!, store.Now), law);
        var change = store.Change(ReportBook.Instance, loaded, store.Now, ReportsRoom.Reporter, [noted]);
        var outcome = await store.Append(new Commit([.. files.Also, change], once), ct);
        if (outcome is not (Outcome.Done or Outcome.Replayed))
            return (null, Problems.Raced);
        var receipt = await FileReport.ReceiptOf(store, first.Number, ct);
        return (receipt with { Status = loaded.State.Status, Merged = true }, null);
    }
}
