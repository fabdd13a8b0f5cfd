using System.Text.Json;
using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Merchants;
using static Hengping.App.Design.Texts;

namespace Hengping.App.Merchants;

/// <summary>A line of an entry's history.</summary>
/// <param name="By">Who did it: a member of staff by name, or a word for whoever else can.</param>
public sealed record EntryLine(DateTimeOffset At, string What, string By);

/// <summary>What happened to an entry, newest first; contacts with their middle taken out.</summary>
public static class EntryStory
{
    private const int Lines = 100;

    /// <summary>The history, and the contact on file at its end.</summary>
    public static async Task<(IReadOnlyList<EntryLine> Story, AfterSalesContact? Contact)> Of(
        Store store,
        Guid merchant,
        CancellationToken ct
    )
    {
        var lines = new List<EntryLine>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var contact = default(ContactOnFile);
        foreach (var one in await store.ReadStory(MerchantBook.Instance, merchant, ct))
        {
            contact = contact.After(one.Event);
            if (!names.TryGetValue(one.Author, out var by))
                names[one.Author] = by = await WhoIs(store, one.Author, ct);
            lines.Add(new EntryLine(one.At, Line(one.Event), by));
        }
        lines.Reverse();
        return ([.. lines.Take(Lines)], contact.Now);
    }

    private static string Line(MerchantEvent happened)
    {
        var key = "entry.line." + JsonNamingPolicy.CamelCase.ConvertName(happened.GetType().Name);
        return happened switch
        {
            MerchantEvent.Added e => T(key, e.Name, Names.Sector(e.Sector)),
            MerchantEvent.Renamed e => T(key, e.Name),
            MerchantEvent.SectorChanged e => T(key, Names.Sector(e.Sector)),
            MerchantEvent.PlatformMarked e => T(e.Platform ? key : key + ".off"),
            MerchantEvent.CreditCodeSet e => T(key, e.Uscc ?? T("entries.contact.none")),
            MerchantEvent.ContactChanged { HasContact: false } => T(key + ".none"),
            MerchantEvent.ContactChanged e => T(key, MerchantUpkeep.Masked(e.Contact)),
            MerchantEvent.Left e => T(key, e.Reason),
            MerchantEvent.ClaimAsked e => T(key, e.Uscc),
            MerchantEvent.Stated { Withdrawn: true } => T(key + ".withdrawn"),
            MerchantEvent.Merged e => T(key, e.Reason),
            MerchantEvent.Unmerged e => T(key, e.Reason),
            _ => T(key),
        };
    }

    private static async Task<string> WhoIs(Store store, string author, CancellationToken ct)
    {
        var parts = author.Split(':', 2);
        if (parts is ["staff", var id] && Guid.TryParse(id, out var account))
            return (await AccountDesk.ProfileOf(store, account, ct))?.Name ?? T("entry.by.staff");
        return parts[0] switch
        {
            "merchant" => T("entry.by.merchant"),
            "claimant" => T("entry.by.claimant"),
            "claim" => T("entry.by.claim"),
            "cli" => T("entry.by.cli"),
            "import" => T("entry.by.import"),
            "demo" => T("entry.by.demo"),
            _ => author,
        };
    }
}
