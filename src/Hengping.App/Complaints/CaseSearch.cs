using System.Data.Common;
using System.Text;
using Dapper;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>Keeps the index of what cases say, and takes out what was erased.</summary>
public sealed class CaseSearchListener(Store house) : Listener
{
    private readonly TextIndex index = TextIndex.For(house);

    /// <inheritdoc/>
    public override string Name => "search";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes => ["complaint.", "account.erased"];

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
        foreach (var erased in batch.Where(e => e.Kind == "account.erased"))
        foreach (var id in await CasesOf(erased.Stream, db, transaction))
            await index.Remove(id, db, transaction);
        var blind = new BlindCodes(store.Keys);
        foreach (var of in batch.Where(HasText).GroupBy(e => e.Stream))
        {
            var text = new StringBuilder();
            if (of.Min(e => e.Version) == 1)
                foreach (var stored in of)
                    CaseText.AppendTo(text, store.Decode<ComplaintEvent>(stored, unseal: true));
            else
                foreach (var told in await store.Tell(ComplaintBook.Instance, of.Key, ct))
                    CaseText.AppendTo(text, told.Event);
            await index.Put(of.Key, blind.Of(text.ToString()), db, transaction);
        }
    }

    /// <inheritdoc/>
    public override Task Forget(DbConnection db, DbTransaction transaction) => index.Clear(db, transaction);

    private static bool HasText(StoredEvent stored) =>
        stored.Kind
            is "complaint.filed"
                or "complaint.resubmitted"
                or "complaint.replied"
                or "complaint.messageSent"
                or "complaint.offerMade";

    private static Task<IEnumerable<Guid>> CasesOf(Guid person, DbConnection db, DbTransaction transaction) =>
        db.QueryAsync<Guid>("select id from complaints where claimant = @person", new { person }, transaction);
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
            default:
                break;
        }
    }
}

/// <summary>Finds cases by what was said in them; for the staff of cases alone.</summary>
public static class CaseSearch
{
    private const int CandidatesMax = 200;

    /// <summary>Ids of cases that hold every part of the query, newest candidates first come.</summary>
    public static async Task<IReadOnlyList<Guid>> Find(Store store, string query, CancellationToken ct)
    {
        var codes = new BlindCodes(store.Keys).Of(query);
        if (codes.Length == 0)
            return [];
        var parts = BlindCodes.Normal(query).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = new List<Guid>();
        foreach (var candidate in await TextIndex.For(store).Find(store, codes, CandidatesMax, ct))
        {
            var text = new StringBuilder();
            foreach (var told in await store.Tell(ComplaintBook.Instance, candidate, ct))
                CaseText.AppendTo(text, told.Event);
            var normal = BlindCodes.Normal(text.ToString());
            if (parts.All(part => normal.Contains(part, StringComparison.Ordinal)))
                found.Add(candidate);
        }
        return found;
    }
}
