using Hengping.App.Accounts;
using Hengping.App.Design;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Operators;
using Hengping.Rules.Screening;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Admin;

/// <summary>A version of the list with who issued it and why.</summary>
/// <param name="By">Null for the list that came with the program, and where the account is gone.</param>
public sealed record WordsVersion(
    ScreeningList List,
    DateTimeOffset? At,
    string? By,
    string? Reason,
    int? Restores,
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Removed
);

/// <summary>
/// 提示词表: the phrases that send a text to a human, tried on real cases before they come into force, with every
/// version and a way back to it.
/// </summary>
[Authorize(Sessions.AdminOnly)]
public sealed class WordsPage(Store store, CurrentOperator house) : HousePage(store)
{
    private const int SampleMax = 5_000;
    private const string Author = "staff:";

    /// <summary>What is typed, by kind.</summary>
    public Dictionary<ScreeningKind, string> Typed { get; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>A text to try the typed list on.</summary>
    [BindProperty]
    public string? Sample { get; set; }

    /// <summary>The admin has seen that it marks much.</summary>
    [BindProperty]
    public bool Accept { get; set; }

    /// <summary>The version in force when the page was opened.</summary>
    [BindProperty]
    public int Basis { get; set; }

    public bool Saved { get; private set; }
    public WordsTrial? Trial { get; private set; }

    /// <summary>The sample in pieces, each with its kind where the typed list marks it; null where none was given.
    /// </summary>
    public IReadOnlyList<(string Text, ScreeningKind? Kind)>? Marked { get; private set; }

    /// <summary>All versions, the newest first.</summary>
    public IReadOnlyList<WordsVersion> Versions { get; private set; } = [];

    /// <summary>The list in force.</summary>
    public ScreeningList InForce { get; private set; } = ScreeningList.Shipped;

    public async Task OnGet(string? did)
    {
        Saved = did == "saved";
        await Read();
        Basis = InForce.Version;
        Fill(InForce);
    }

    /// <summary>Says what the typed list would mark; nothing is saved.</summary>
    public async Task<IActionResult> OnPostTry()
    {
        await Read();
        if (Draft() is not { } entries)
            return Again();
        await TryOn(entries);
        return Page();
    }

    /// <summary>Issues the typed list; one that marks much asks for a second word.</summary>
    public async Task<IActionResult> OnPostSave()
    {
        await Read();
        var entries = Draft();
        var faults = new FieldFaults();
        var reason = Operator.CheckReason(Reason, faults);
        Fault(faults.All);
        if (entries is null || !faults.None)
            return Again();
        await TryOn(entries);
        if (Trial!.IsBroad && !Accept)
        {
            Fault("", ScreeningDraft.Broad);
            return Again();
        }
        return await Issue(entries, reason, Basis, restores: null);
    }

    /// <summary>Puts an earlier version in force again, as a new one.</summary>
    public async Task<IActionResult> OnPostRestore(int version)
    {
        await Read();
        if (Versions.FirstOrDefault(one => one.List.Version == version) is not { } found)
            return NotFound();
        Fill(found.List);
        // What passed once may stand among the guarded sentences of a later program.
        return Draft() is { } entries ? await Issue(entries, null, Basis, version) : Again();
    }

    /// <summary>The typed phrases, judged; null where something is wrong with them.</summary>
    private IReadOnlyList<ScreeningPhrases>? Draft()
    {
        var faults = new FieldFaults();
        if (Typed.Count == 0)
            foreach (var kind in Enum.GetValues<ScreeningKind>())
                Typed[kind] = Request.Form[ScreeningDraft.FieldOf(kind)].ToString();
        var entries = ScreeningDraft.Check(Typed!, faults);
        Fault(faults.All);
        return faults.None ? entries : null;
    }

    private async Task<IActionResult> Issue(
        IReadOnlyList<ScreeningPhrases> entries,
        string? reason,
        int basis,
        int? restores
    )
    {
        var loaded = await Store.Load(OperatorBook.Instance, OperatorBook.Stream, Ct);
        var decided = Operator.IssueWords(loaded.State, entries, reason, basis, restores);
        if (decided.Refusal is { } no)
        {
            Fault("", no);
            return Again();
        }
        if (!await house.Append(loaded, [decided.Event!], Me!.Author, Ct))
        {
            Fault("", ScreeningDraft.Changed);
            return Again();
        }
        return Redirect("/admin/words?did=saved");
    }

    private async Task TryOn(IReadOnlyList<ScreeningPhrases> entries)
    {
        var typed = new ScreeningList(InForce.Version + 1, entries);
        Trial = await WordsTrial.Of(Store, InForce, typed, Ct);
        if (PlainText.Lines(Sample) is { } sample)
            Marked = Pieces(typed, sample.Length > SampleMax ? sample[..SampleMax] : sample);
    }

    private static List<(string, ScreeningKind?)> Pieces(ScreeningList list, string text)
    {
        var pieces = new List<(string, ScreeningKind?)>();
        var from = 0;
        foreach (var hit in list.Read(text))
        {
            pieces.Add((text[from..hit.Start], null));
            from = hit.Start + hit.Length;
            pieces.Add((text[hit.Start..from], hit.Kind));
        }
        pieces.Add((text[from..], null));
        return pieces;
    }

    private void Fill(ScreeningList list)
    {
        foreach (var kind in Enum.GetValues<ScreeningKind>())
            Typed[kind] = string.Join('\n', list.Of(kind));
    }

    private async Task Read()
    {
        var versions = new List<WordsVersion> { new(ScreeningList.Shipped, null, null, null, null, [], []) };
        foreach (var one in await Store.ReadStory(OperatorBook.Instance, OperatorBook.Stream, Ct))
            if (one.Event is OperatorEvent.WordsIssued issued)
                versions.Add(await Version(issued, one, versions[^1].List));
        versions.Reverse();
        (Versions, InForce) = (versions, versions[0].List);
    }

    private async Task<WordsVersion> Version(
        OperatorEvent.WordsIssued issued,
        StoryEvent<OperatorEvent> one,
        ScreeningList before
    )
    {
        var by =
            one.Author.StartsWith(Author, StringComparison.Ordinal)
            && Guid.TryParse(one.Author[Author.Length..], out var account)
                ? (await AccountDesk.ProfileOf(Store, account, Ct))?.Name
                : null;
        var list = new ScreeningList(issued.Version, issued.Entries);
        var (now, then) = (All(list), All(before));
        string[] added = [.. now.Except(then)];
        string[] removed = [.. then.Except(now)];
        return new WordsVersion(list, one.At, by, issued.Reason, issued.Restores, added, removed);
    }

    private static List<string> All(ScreeningList list) => [.. list.Entries.SelectMany(e => e.Phrases)];
}
