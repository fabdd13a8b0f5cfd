using System.Collections.Frozen;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>Keeps the index of what cases say, and takes out what was erased.</summary>
public sealed class CaseSearchListener(Store house) : Listener
{
    private static readonly string Erased = AccountBook.Instance.KindOf<AccountEvent.Erased>();
    private static readonly string Locked = AccountBook.Instance.KindOf<AccountEvent.Locked>();

    private static readonly FrozenSet<string> WithText = ComplaintBook.Instance.KindsOf(
        typeof(ComplaintEvent.Filed),
        typeof(ComplaintEvent.Resubmitted),
        typeof(ComplaintEvent.Supplemented),
        typeof(ComplaintEvent.Replied),
        typeof(ComplaintEvent.MessageSent),
        typeof(ComplaintEvent.OfferMade),
        typeof(ComplaintEvent.OfferRejected)
    );

    private readonly TextIndex index = TextIndex.For(house);

    /// <inheritdoc/>
    public override string Name => "search";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes => [ComplaintBook.Instance.Kinds, Erased, Locked];

    /// <inheritdoc/>
    public override bool IsPrinted => true;

    /// <inheritdoc/>
    public override async Task Hear(
        Store store,
        IReadOnlyList<StoredEvent> batch,
        DbConnection db,
        DbTransaction transaction,
        CancellationToken ct
    )
    {
        foreach (var erased in batch.Where(e => e.Kind == Erased || e.Kind == Locked))
        foreach (var id in await CasesOf(erased.Stream, db, transaction))
            await index.Remove(id, db, transaction);
        var blind = new BlindCodes(store.Keys);
        var said = batch.Where(e => WithText.Contains(e.Kind)).ToLookup(e => e.Stream);
        var others = batch.Where(e => e.Kind.StartsWith(ComplaintBook.Instance.Kinds, StringComparison.Ordinal));
        var moved = await db.QueryAsync<Guid>(
            store.Engine.Words(TextIndex.Moved("complaints", "respondent")),
            new { ids = others.Select(e => e.Stream).Distinct().Where(id => !said.Contains(id)).ToList() },
            transaction
        );
        var ids = said.Select(of => of.Key).Concat(moved).ToList();
        // In the order of their time, as the index lies.
        foreach (var row in await db.QueryAsync<CaseTerms>(store.Engine.Words(CaseTerms.Sql), new { ids }, transaction))
        {
            var text = new StringBuilder();
            if (said[row.Id].Any(e => e.Version == 1))
                foreach (var stored in said[row.Id])
                    CaseText.AppendTo(text, store.Decode<ComplaintEvent>(stored, unseal: true));
            else
                foreach (var one in await store.ReadStory(ComplaintBook.Instance, row.Id, ct))
                    CaseText.AppendTo(text, one.Event);
            int[] codes = [.. blind.Of(text.ToString()).Union(row.Codes(blind)).Order()];
            await index.Put(new IndexedText(row.Id, row.FiledAt, row.Respondent, codes), db, transaction);
        }
    }

    /// <inheritdoc/>
    public override Task Forget(DbConnection db, DbTransaction transaction) => index.Clear(db, transaction);

    private static Task<IEnumerable<Guid>> CasesOf(Guid person, DbConnection db, DbTransaction transaction) =>
        db.QueryAsync<Guid>($"select c.id from complaints c where {ComplaintPersons.Own}", new { person }, transaction);
}

/// <summary>What of a case stands in the index beside its words: what lists filter by and hardly changes.</summary>
internal sealed record CaseTerms(
    Guid Id,
    long FiledAt,
    Guid Respondent,
    Guid? Shop,
    Guid? Filer,
    string Sector,
    string Problem
)
{
    /// <summary>SQL: of the cases <c>@ids</c>, in the order of filing.</summary>
    public const string Sql = """
        select id as Id, filed_at as FiledAt, respondent as Respondent, shop as Shop, claimant_merchant as Filer,
               sector as Sector, problem as Problem
        from complaints where id in @ids order by filed_at, id
        """;

    /// <summary>Of a case of that respondent.</summary>
    public static string OfRespondent(Guid merchant) => $"respondent {merchant:N}";

    /// <summary>Of a case in which a merchant is respondent, shop or claimant.</summary>
    public static string OfParty(Guid merchant) => $"party {merchant:N}";

    /// <summary>Of a case of that sector.</summary>
    public static string OfSector(string sector) => $"sector {sector}";

    /// <summary>Of a case of that problem.</summary>
    public static string OfProblem(string problem) => $"problem {problem}";

    /// <summary>Of a case filed in the month of that moment.</summary>
    public static string OfMonth(long at) =>
        $"month {DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("yyyyMM", CultureInfo.InvariantCulture)}";

    /// <summary>Their codes.</summary>
    public IEnumerable<int> Codes(BlindCodes blind)
    {
        string[] terms = [OfRespondent(Respondent), OfSector(Sector), OfProblem(Problem), OfMonth(FiledAt)];
        Guid?[] parties = [Respondent, Shop, Filer];
        return terms.Concat(parties.OfType<Guid>().Distinct().Select(OfParty)).Select(blind.OfTerm);
    }
}

/// <summary>The words of a case that staff can search.</summary>
public static class CaseText
{
    /// <summary>Adds an event's words, a line each.</summary>
    public static void AppendTo(StringBuilder text, ComplaintEvent happened)
    {
        switch (happened)
        {
            case ComplaintEvent.Filed { Story: { } story }:
                text.AppendLine(story.Text).AppendLine(story.ShopName).AppendLine(story.OrderNo);
                break;
            case ComplaintEvent.Resubmitted e:
                text.AppendLine(e.Supplement);
                break;
            case ComplaintEvent.Supplemented e:
                text.AppendLine(e.Text);
                break;
            case ComplaintEvent.Replied e:
                text.AppendLine(e.Text);
                break;
            case ComplaintEvent.MessageSent e:
                text.AppendLine(e.Text);
                break;
            case ComplaintEvent.OfferMade e:
                text.AppendLine(e.Terms);
                break;
            case ComplaintEvent.OfferRejected e:
                text.AppendLine(e.Reason);
                break;
            default:
                break;
        }
    }
}
