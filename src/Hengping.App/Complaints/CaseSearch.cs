using System.Collections.Frozen;
using System.Data.Common;
using System.Text;
using Dapper;
using Hengping.App.Accounts;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

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
        foreach (var of in batch.Where(e => WithText.Contains(e.Kind)).GroupBy(e => e.Stream))
        {
            var text = new StringBuilder();
            if (of.Min(e => e.Version) == 1)
                foreach (var stored in of)
                    CaseText.AppendTo(text, store.Decode<ComplaintEvent>(stored, unseal: true));
            else
                foreach (var one in await store.ReadStory(ComplaintBook.Instance, of.Key, ct))
                    CaseText.AppendTo(text, one.Event);
            await index.Put(of.Key, blind.Of(text.ToString()), db, transaction);
        }
    }

    /// <inheritdoc/>
    public override Task Forget(DbConnection db, DbTransaction transaction) => index.Clear(db, transaction);

    private static Task<IEnumerable<Guid>> CasesOf(Guid person, DbConnection db, DbTransaction transaction) =>
        db.QueryAsync<Guid>($"select c.id from complaints c where {ComplaintPersons.Own}", new { person }, transaction);
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

/// <summary>
/// Finds cases by number, by merchant or by what was said in them; a merchant finds its own by number and by what it
/// was told when they were filed, of which nothing is kept from it. What the index names
/// is asked in the order of the list and with its filters, and opened until a page is full: a case that is there is
/// found, however many others hold the same pairs of characters.
/// </summary>
public static class CaseSearch
{
    private sealed record Candidate(Guid Id, long Named);

    /// <summary>Ids of cases that a query finds, the first ones of a list.</summary>
    /// <param name="store">The store.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="where">The list's own conditions, of <c>complaints c</c> and <c>merchants m</c>.</param>
    /// <param name="args">Their parameters.</param>
    /// <param name="order">The order of the list.</param>
    /// <param name="limit">How many are wanted.</param>
    /// <param name="reader">Who looks.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<IReadOnlyList<Guid>> Find(
        Store store,
        string query,
        string where,
        IReadOnlyDictionary<string, object?> args,
        string order,
        int limit,
        Party reader,
        CancellationToken ct
    )
    {
        // An address is held to it before it comes here; a form may say more.
        if (query.Length > QueryLimits.Words)
            return [];
        var named = ListQuery.Searching(query, out var name);
        var isStaff = reader == Party.Mediator;
        // Names of merchants lead to lists of their own: CaseSought.
        if (CaseNumber.Parse(query) is null)
            named = "1 = 0";
        var parameters = new Dictionary<string, object?>(args, StringComparer.Ordinal) { ["q"] = name };
        var said = "1 = 0";
        var codes = new BlindCodes(store.Keys).Of(query);
        if (codes.Length > 0)
        {
            (var holding, parameters["held"]) = TextIndex.For(store).Holding(codes);
            said = $"c.id in ({holding})";
        }
        var candidates = await store.Query<Candidate>(
            $"""
            select c.id as Id, cast(case when {named} then 1 else 0 end as bigint) as Named
            from complaints c left join merchants m on m.id = c.respondent
            where {where} and ({named} or {said}) order by {order}
            """,
            parameters,
            ct
        );
        var parts = BlindCodes.Normal(query).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = new List<Guid>();
        foreach (var candidate in candidates)
        {
            if (found.Count == limit)
                break;
            if (candidate.Named == 1 || await Says(store, candidate.Id, parts, isStaff, ct))
                found.Add(candidate.Id);
        }
        return found;
    }

    private static async Task<bool> Says(Store store, Guid id, string[] parts, bool isStaff, CancellationToken ct)
    {
        var text = new StringBuilder();
        foreach (var one in await store.ReadStory(ComplaintBook.Instance, id, ct))
            if (
                isStaff
                || one.Event is ComplaintEvent.Filed or ComplaintEvent.Resubmitted or ComplaintEvent.Supplemented
            )
                CaseText.AppendTo(text, one.Event);
        var normal = BlindCodes.Normal(text.ToString());
        return parts.All(part => normal.Contains(part, StringComparison.Ordinal));
    }
}
