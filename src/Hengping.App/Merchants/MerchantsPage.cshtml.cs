using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Merchants;

/// <summary>商家管理: find an entry, see who takes part and who cannot be reached, add one by hand.</summary>
[Authorize(Sessions.AdminOnly)]
public sealed class MerchantsPage(Store store) : HousePage(store)
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    [BindProperty]
    public MerchantUpkeep.Typed? Typed { get; set; }

    public IReadOnlyList<ListedMerchant> Rows { get; private set; } = [];

    /// <summary>Contacts of the rows with their middle taken out.</summary>
    public IReadOnlyDictionary<Guid, string> Contacts { get; private set; } = new Dictionary<Guid, string>();
    public IReadOnlyDictionary<string, long> Counts { get; private set; } = new Dictionary<string, long>();

    /// <summary>Where the list goes on.</summary>
    public string? Next { get; private set; }

    /// <summary>Entries that a new one may be the same as.</summary>
    public IReadOnlyList<MerchantRow> Alike { get; private set; } = [];

    public static IReadOnlyList<Option> Sectors =>
        [.. Taxonomies.Taxonomies.Current.Sectors.Select(s => new Option(s.Code, Names.Of(s), s.Parent))];

    public Task OnGet() => Read();

    /// <summary>Adds an entry; the page of the new one follows.</summary>
    public async Task<IActionResult> OnPostAdd()
    {
        var faults = new FieldFaults();
        var typed = Typed ?? new MerchantUpkeep.Typed(null, null, null, null, null, false, false, false);
        var added = await MerchantUpkeep.Add(Store, typed, Me!.Author, faults, Ct);
        if (added.Id is { } id)
            return Redirect($"/admin/merchants/{id:D}?did=added");
        Alike = added.Alike;
        Fault(faults.All);
        await Read();
        return Again();
    }

    private async Task Read()
    {
        if (Show is null || !MerchantList.Shows.Contains(Show))
            Show = MerchantList.Shows[0];
        (Rows, Next) = await MerchantList.Page(Store, Q, Show, Cursor, Ct);
        Counts = await MerchantList.Counts(Store, Q, Ct);
        var contacts = new Dictionary<Guid, string>();
        foreach (var row in Rows.Where(row => row.HasContact))
            contacts[row.Id] = MerchantUpkeep.Masked(await MerchantDirectory.ContactOf(Store, row.Id, Ct));
        Contacts = contacts;
    }
}
