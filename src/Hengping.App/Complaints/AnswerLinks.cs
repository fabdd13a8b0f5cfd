using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>Who came with a link that is in force: the respondent of this one case, and of nothing else.</summary>
/// <param name="Holder">As the doors know them; the account is the link itself, which no sign-in has.</param>
public sealed record LinkVisit(AnswerLink Link, Caller Holder, Complaint Case, MerchantRow Merchant);

/// <summary>
/// Links for a merchant that has not enrolled: made with each delivery to a known contact, sent again or taken back by
/// the desk, over with enrolment.
/// </summary>
public static class AnswerLinks
{
    /// <summary>What the desk may know of a link; never its token.</summary>
    public sealed record Shown(DateTimeOffset? ExpiresAt, DateTimeOffset? OpenedAt, bool Revoked);

    /// <summary>Puts the desk's doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder complaints)
    {
        complaints.MapPost("/{id}/link", SendAgain).Produces<Shown>().For(CaseSides.Desk.Roles).AnsweredOnce();
        complaints.MapPost("/{id}/link/revoke", TakeBack).Produces<Shown>().For(CaseSides.Desk.Roles).AnsweredOnce();
    }

    /// <summary>The page a message leads to.</summary>
    public static string PathOf(Store store, Guid complaint, Guid merchant, long no) =>
        $"/answer/{complaint:D}?link={TokenOf(store, complaint, merchant, no)}";

    /// <summary>The token of the link of this number.</summary>
    public static string TokenOf(Store store, Guid complaint, Guid merchant, long no) =>
        OneTimeLink.TokenOf(store, ComplaintPurposes.AnswerLink, $"{complaint:N}|{merchant:N}|{no}");

    /// <summary>
    /// The change that makes a link in the commit of a delivery; null where the respondent has accounts or no contact.
    /// </summary>
    public static async Task<Change?> With(
        Store store,
        Guid id,
        Complaint after,
        Stamped<ComplaintEvent> last,
        CancellationToken ct
    )
    {
        if (last.Event is not (ComplaintEvent.Delivered or ComplaintEvent.ContestDecided { Respondent: not null }))
            return null;
        var merchant = await MerchantDirectory.Find(store, after.Respondent, ct);
        return merchant is { Enrolled: false, HasContact: true }
            ? (await Issue(store, new Wanted(id, merchant.Id, last.Author, Again: false), ct)).Change
            : null;
    }

    /// <summary>The case a link opens now, or null: wrong, old, taken back, and another's all look alike.</summary>
    public static async Task<LinkVisit?> Visit(Store store, Guid complaint, string? token, CancellationToken ct)
    {
        var opened = (await store.Load(ComplaintBook.Instance, complaint, ct)).State;
        var id = LinkBook.StreamOf(complaint, opened?.Respondent ?? Guid.Empty);
        var link = (await store.Load(LinkBook.Instance, id, ct)).State;
        var fits = OneTimeLink.Fits(link?.TokenHash ?? "", OneTimeLink.HashOf(token ?? ""));
        if (!fits || opened?.DeliveredAt is null || !link!.IsLive(store.Now))
            return null;
        return await MerchantDirectory.Find(store, link.Merchant, ct) is { Enrolled: false } merchant
            ? new LinkVisit(link, new Caller(id, Role.Merchant, link.Merchant, Name: ""), opened, merchant)
            : null;
    }

    /// <summary>Notes the first opening: the desk sees that the notice arrived. It moves nothing in the case.</summary>
    public static async Task NoteOpened(Store store, LinkVisit visit, CancellationToken ct)
    {
        var loaded = await store.Load(LinkBook.Instance, visit.Holder.Account, ct);
        if (loaded.State is not { OpenedAt: null })
            return;
        var change = store.Change(LinkBook.Instance, loaded, store.Now, visit.Holder.Author, [new LinkEvent.Opened()]);
        try
        {
            await store.Append(new Commit([change]), ct);
        }
        catch (StoreAway)
        {
            // A party's own reading needs no note: the next one that can be kept will do.
        }
    }

    /// <summary>The link of the case's respondent of now, or null where none was made.</summary>
    public static async Task<AnswerLink?> Of(Store store, Guid complaint, Guid respondent, CancellationToken ct) =>
        (await store.Load(LinkBook.Instance, LinkBook.StreamOf(complaint, respondent), ct)).State;

    private sealed record Wanted(Guid Complaint, Guid Merchant, string Author, bool Again);

    private static async Task<(Change Change, AnswerLink Link)> Issue(Store store, Wanted wanted, CancellationToken ct)
    {
        var (complaint, merchant, author, again) = wanted;
        var loaded = await store.Load(LinkBook.Instance, LinkBook.StreamOf(complaint, merchant), ct);
        var no = (loaded.State?.No ?? 0) + 1;
        var hash = OneTimeLink.HashOf(TokenOf(store, complaint, merchant, no));
        var until = store.Now + AnswerLink.LivesFor;
        var issued = new LinkEvent.Issued(complaint, merchant, no, hash, until, again);
        var change = store.Change(LinkBook.Instance, loaded, store.Now, author, [issued]);
        return (change, AnswerLink.Apply(null, issued, store.Now));
    }

    private static async Task<IResult> SendAgain(
        HttpContext http,
        string id,
        Caller caller,
        Store store,
        CancellationToken ct
    )
    {
        if (await Case(store, id, ct) is not var (stream, complaint))
            return Answers.NotFound;
        var merchant = await MerchantDirectory.Find(store, complaint.Respondent, ct);
        Refusal? no =
            complaint.DeliveredAt is null || complaint.Ended ? AnswerLink.NotDelivered
            : merchant is not { Enrolled: false } ? AnswerLink.NotNeeded
            : !merchant.HasContact ? AnswerLink.NoContact
            : null;
        if (no is not null)
            return no.AsProblem();
        var wanted = new Wanted(stream, complaint.Respondent, caller.Author, Again: true);
        var (change, link) = await Issue(store, wanted, ct);
        return await Save(http, store, change, link, ct);
    }

    private static async Task<IResult> TakeBack(
        HttpContext http,
        string id,
        Caller caller,
        Store store,
        CancellationToken ct
    )
    {
        if (await Case(store, id, ct) is not var (stream, complaint))
            return Answers.NotFound;
        var loaded = await store.Load(LinkBook.Instance, LinkBook.StreamOf(stream, complaint.Respondent), ct);
        var decided = loaded.State?.Revoke(store.Now) ?? AnswerLink.None;
        if (decided.Refusal is { } no)
            return no.AsProblem();
        var change = store.Change(LinkBook.Instance, loaded, store.Now, caller.Author, [decided.Event!]);
        return await Save(http, store, change, loaded.State! with { IsRevoked = true }, ct);
    }

    private static async Task<(Guid Id, Complaint Case)?> Case(Store store, string id, CancellationToken ct) =>
        Guid.TryParse(id, out var stream)
        && await store.Load(ComplaintBook.Instance, stream, ct) is { State: { } complaint }
            ? (stream, complaint)
            : null;

    private static Task<IResult> Save(
        HttpContext http,
        Store store,
        Change change,
        AnswerLink link,
        CancellationToken ct
    ) => Answers.Append(http, store, [change], new Shown(link.ExpiresAt, link.OpenedAt, link.IsRevoked), ct);
}
