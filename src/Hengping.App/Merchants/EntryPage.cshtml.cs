using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;
using Hengping.Rules.Publishing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Hengping.App.Merchants;

/// <summary>商家管理, one entry: what staff keep of it, its team's first owner, and its history.</summary>
[Authorize(Sessions.AdminOnly)]
public sealed class EntryPage(Store store, SiteAddress site) : HousePage(store)
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The version that whoever decides has seen.</summary>
    [BindProperty]
    public int Seen { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    public ListedMerchant Row { get; private set; } = null!;
    public Merchant State { get; private set; } = null!;

    /// <summary>The entry's version as shown.</summary>
    public int Version { get; private set; }

    /// <summary>The contact on file with its middle taken out; empty for none.</summary>
    public string Contact { get; private set; } = "";
    public IReadOnlyList<Colleague> People { get; private set; } = [];
    public IReadOnlyList<EntryLine> Story { get; private set; } = [];

    /// <summary>Entries that count for this one.</summary>
    public IReadOnlyList<MerchantRow> MergedHere { get; private set; } = [];

    /// <summary>A link, on the answer to the very request that made it.</summary>
    public string? Link { get; private set; }

    /// <inheritdoc/>
    public override bool ShowsOnce => Link is not null;

    /// <summary>What was done a moment ago.</summary>
    public string? Done { get; private set; }

    /// <summary>It takes part and nobody runs its team yet.</summary>
    public bool MayInvite => State.Enrolled && People.All(one => one.State.Team != TeamRole.Owner);

    /// <summary>What was typed into a field of the form that was sent.</summary>
    public string? Typed(string field) => Request.HasFormContentType ? Request.Form[field] : (string?)null;

    private string Here => $"/admin/merchants/{Id:D}";

    /// <summary>Nothing happens to an entry that is not there.</summary>
    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        if (await Read())
            await next();
        else
            context.Result = NotFound();
    }

    public void OnGet(string? did) =>
        Done = did is "saved" or "added" or "undone" or "merged" ? Texts.T("entry.did." + did) : null;

    public Task<IActionResult> OnPostRename() =>
        Change("name", merchant => merchant.Rename(PlainText.Line(Name) ?? ""));

    public async Task<IActionResult> OnPostSector(string? sector)
    {
        var faults = new FieldFaults();
        var code = faults.Code("sector", sector, Taxonomies.Taxonomies.Current.Codes.Sectors);
        Fault(faults.All);
        return faults.None ? await Change("sector", merchant => merchant.MoveTo(code)) : Again();
    }

    public async Task<IActionResult> OnPostCode(string? uscc, bool sure)
    {
        var faults = new FieldFaults();
        var code = MerchantUpkeep.ReadCode(uscc, faults);
        if (faults.None && code is not null && !sure)
        {
            var (same, _) = await MerchantList.Alike(Store, "", code, Id, Ct);
            faults.If(same.Count > 0, "uscc", Merchant.CreditCodeTaken);
        }
        Fault(faults.All);
        return faults.None ? await Change("uscc", merchant => merchant.SetCreditCode(code)) : Again();
    }

    public async Task<IActionResult> OnPostContact(string? email)
    {
        var faults = new FieldFaults();
        var wanted = MerchantUpkeep.ReadContact(Phone, email, faults);
        Fault(faults.All);
        if (!faults.None)
            return Again();
        var onFile = await MerchantDirectory.ContactOf(Store, Id, Ct);
        return await Change("phone", merchant => merchant.Reach(wanted, onFile));
    }

    public Task<IActionResult> OnPostPlatform(bool platform) => Change("", merchant => merchant.Mark(platform));

    public Task<IActionResult> OnPostEnrol() => Change("", merchant => merchant.Admit());

    /// <summary>退出, with the reason that everybody reads on the merchant's page.</summary>
    public async Task<IActionResult> OnPostLeave(string? reason)
    {
        var faults = new FieldFaults();
        var why = Masking.Mask(faults.Text("reason", reason, 2, Merchant.ReasonLengthMax));
        Fault(faults.All);
        return faults.None ? await Change("", merchant => merchant.Leave(why)) : Again();
    }

    /// <summary>取消合并: it counts for itself again.</summary>
    public async Task<IActionResult> OnPostPart(string? reason)
    {
        var faults = new FieldFaults();
        var why = Masking.Mask(faults.Text("reason", reason, 2, Merchant.ReasonLengthMax));
        Fault(faults.All);
        return faults.None ? await Change("", merchant => merchant.Part(why)) : Again();
    }

    public Task<IActionResult> OnPostUndo() => Change("", merchant => merchant.Undo(Now), "undone");

    /// <summary>The first owner; further people are invited by owners.</summary>
    public async Task<IActionResult> OnPostOwner()
    {
        if (!MayInvite)
            Fault("", State.Enrolled ? Team.HasOwner : Merchant.NotEnrolled);
        else
        {
            var faults = new FieldFaults();
            var asked = new Team.Invited(Name, Phone, Words.Of(TeamRole.Owner), []);
            Link = await Team.Invite(Store, site, await Entry(), asked, Me!, faults, Ct);
            foreach (var (field, refusal) in faults.All)
                Fault(field is "name" or "phone" ? "owner" + field : field, refusal);
        }
        return await Once();
    }

    /// <summary>A new link for an owner who has not chosen a password yet.</summary>
    public async Task<IActionResult> OnPostLink(Guid colleague)
    {
        if (People.FirstOrDefault(one => one.Id == colleague && !one.State.HasPassword) is not { } waiting)
            return NotFound();
        var (link, refusal) = await Team.InviteAgain(Store, site, await Entry(), waiting, Me!, Ct);
        Link = link;
        if (refusal is { } no)
            Fault("", no);
        return await Once();
    }

    private async Task<MerchantRow> Entry() => (await MerchantDirectory.Find(Store, Id, Ct))!;

    private async Task<IActionResult> Change(
        string field,
        Func<Merchant, Decided<MerchantEvent>> decide,
        string did = "saved"
    )
    {
        var refusal = await MerchantUpkeep.Change(Store, Id, Seen, decide, Me!.Author, Ct);
        if (refusal is null || refusal == Merchant.AsItWas)
            return Redirect($"{Here}?did={did}");
        // What somebody typed wrong stands beside its field; what somebody else did stands above.
        var isTyped = refusal == Merchant.NameNeeded || refusal == Merchant.NameTaken;
        Fault(isTyped || refusal == Merchant.ContactNeeded ? field : "", refusal);
        return await Once();
    }

    private async Task<IActionResult> Once()
    {
        await Read();
        return Faults.Count > 0 ? Again() : Page();
    }

    private async Task<bool> Read()
    {
        var loaded = await Store.Load(MerchantBook.Instance, Id, Ct);
        if (loaded.State is not { } state || await MerchantList.One(Store, Id, Ct) is not { } row)
            return false;
        (State, Version, Row) = (state, loaded.Version, row);
        MergedHere = await MerchantList.MergedInto(Store, Id, Ct);
        People = await Team.Read(Store, Id, Me!.Account, Ct);
        (Story, var contact) = await EntryStory.Of(Store, Id, Ct);
        Contact = MerchantUpkeep.Masked(contact);
        return true;
    }
}
