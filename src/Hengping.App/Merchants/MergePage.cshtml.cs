using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;
using Hengping.Rules.Publishing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Merchants;

/// <summary>An entry with how many complaints name it.</summary>
public sealed record MergeSide(ListedMerchant Entry, long Cases);

/// <summary>合并: the other entry is found, both are shown side by side, then they are merged.</summary>
[Authorize(Sessions.AdminOnly)]
public sealed class MergePage(Store store) : HousePage(store)
{
    private const int FoundMax = 10;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The entry that was chosen, to be looked at before it is done.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Into { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The version that whoever decides has seen.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public MergeSide Own { get; private set; } = null!;
    public MergeSide? Target { get; private set; }
    public IReadOnlyList<MergeSide> Candidates { get; private set; } = [];

    /// <summary>The entry's version as shown.</summary>
    public int Version { get; private set; }

    /// <summary>Why these two cannot be merged, before anybody types a reason.</summary>
    public Refusal? Obstacle { get; private set; }

    public async Task<IActionResult> OnGet() => await Read() ? Page() : NotFound();

    public async Task<IActionResult> OnPost()
    {
        if (!await Read() || Target is null)
            return NotFound();
        var faults = new FieldFaults();
        var why = Masking.Mask(faults.Text("reason", Reason, 2, Merchant.ReasonLengthMax));
        Fault(faults.All);
        if (!faults.None)
            return Again();
        var refusal = await MerchantUpkeep.Merge(Store, Id, Seen, Target.Entry.Id, why, Me!.Author, Ct);
        if (refusal is null)
            return Redirect($"/admin/merchants/{Id:D}?did=merged");
        Fault("", refusal);
        await Read();
        return Again();
    }

    private async Task<bool> Read()
    {
        var loaded = await Store.Load(MerchantBook.Instance, Id, Ct);
        if (loaded.State is not { } state || await Side(Id) is not { } own)
            return false;
        (Own, Version, Obstacle) = (own, loaded.Version, null);
        if (Into is { } into)
        {
            Target = await Side(into);
            if ((await Store.Load(MerchantBook.Instance, into, Ct)).State is { } other)
                Obstacle = state.Merge(Id, into, other, reason: "").Refusal;
            return Target is not null;
        }
        foreach (var id in await Found(own.Entry))
            if (id != Id && await Side(id) is { } side)
                Candidates = [.. Candidates, side];
        return true;
    }

    // What was searched for; before anybody searched, what looks like the same merchant.
    private async Task<IEnumerable<Guid>> Found(ListedMerchant own)
    {
        if (PlainText.Plain(Q) is { Length: > 0 })
        {
            var (rows, _) = await MerchantList.Page(Store, Q, MerchantList.Shows[0], cursor: null, Ct);
            return rows.Take(FoundMax).Select(row => row.Id);
        }
        var (byCode, byName) = await MerchantList.Alike(Store, own.Name, own.Uscc, Id, Ct);
        return byCode.Concat(byName).Select(row => row.Id).Distinct();
    }

    private async Task<MergeSide?> Side(Guid id) =>
        await MerchantList.One(Store, id, Ct) is { } row
            ? new MergeSide(
                row,
                await Store.First<long>("select count(*) from complaints where respondent = @id", new { id }, Ct)
            )
            : null;
}
