using System.Globalization;
using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Appeals;

/// <summary>
/// 写申诉: a step for each section and one to check all of it. Every step is kept as it is left, so that Back, reload and
/// another day find what was written.
/// </summary>
[LargeBody(FileForms.PartyBytesMax)]
public sealed class AppealWritePage(Store store, Law law, EvidenceShelf shelf, OwnApi ownApi) : HousePage(store)
{
    private const string Door = "/api/v1/appeals/{id:guid}/";

    /// <summary>What is typed about evidence in a line each.</summary>
    public static readonly IReadOnlyList<string> ProofLines = ["issuer", "number", "product"];

    private AppealOpened opened = null!;

    /// <summary>One statement of the section as the form shows it.</summary>
    /// <param name="IsOpen">What is typed about new evidence is shown.</param>
    public sealed record Slot(
        int No,
        string? Text,
        string? Owner,
        string? By,
        IReadOnlyList<PlanProof> Proofs,
        bool IsOpen = false
    );

    public Guid Id => opened.Id;
    public ShownTarget Target { get; private set; } = new("", null);
    public IReadOnlyList<AppealSection> Sections => opened.Appeal.Sections;
    public PlanOfAction Plan => opened.Plan;
    public IReadOnlyList<MissingPart> Missing { get; private set; } = [];

    /// <summary>The section that is asked for; null where all is checked.</summary>
    public AppealSection? Section { get; private set; }
    public IReadOnlyList<Slot> Slots { get; private set; } = [];

    /// <summary>What the linter would still ask for.</summary>
    public IReadOnlyList<string> Findings { get; private set; } = [];
    public bool NeedsReason => !opened.Appeal.WasRefused && Now > opened.Window.InTime;
    public string? LateReason => opened.LateReason;

    /// <inheritdoc/>
    public override int? AtStep => Section is { } section ? Sections.ToList().IndexOf(section) + 1 : Sections.Count + 1;

    /// <summary>What is known of a piece of evidence, in a line.</summary>
    public static string Said(PlanProof proof) =>
        string.Join(
            Texts.Pick("，", ", "),
            new[]
            {
                proof.Issuer,
                proof.Number,
                proof.Product,
                proof.ValidTo is { } to ? Texts.T("appeal.proof.until", Say.Day(to)) : null,
            }.OfType<string>()
        );

    public async Task<IActionResult> OnGet(Guid id, string? step)
    {
        if (await Open(id, step) is { } instead)
            return instead;
        if (Section is { } section && TypedBefore is { } typed)
            Slots = SlotsOf(typed.Take(), section);
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, string? step, string? go, IFormCollection form)
    {
        if (await Open(id, step) is { } instead)
            return instead;
        if (Section is not { } section)
            return await Send(form["lateReason"]);
        var typed = await Typed(form, section);
        Slots = SlotsOf(form, section);
        if (Faults.Count > 0)
            return Again();
        // This section stands first: the door's faults are of the fields as they stand here.
        StatementDraft[] all = [.. typed, .. Plan.Statements.Where(s => s.Section != section).Select(DraftOf)];
        var answer = await ownApi.Post(
            HttpContext,
            Door + "versions",
            new { id },
            new VersionRequest { Statements = all }
        );
        if (answer.Ok)
            return Redirect(go == "more" ? AddressOf(section) : AddressOf(After(section)));
        Note(answer);
        return Again();
    }

    private async Task<IActionResult> Send(string? lateReason)
    {
        var body = new VersionRequest { LateReason = string.IsNullOrWhiteSpace(lateReason) ? null : lateReason };
        var answer = await ownApi.Post(HttpContext, Door + "submit", new { id = Id }, body);
        if (answer.Ok)
            return Redirect($"/appeals/{Id:D}?did=submit");
        Note(answer);
        return Again();
    }

    private void Note(OwnAnswer answer)
    {
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(FieldOf(field), said);
        if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
    }

    // statements[2].proofs[0].validTo of the door is s2-validto of the form.
    private static string FieldOf(string field)
    {
        if (!field.StartsWith("statements[", StringComparison.Ordinal))
            return field;
        var no = field["statements[".Length..field.IndexOf(']', StringComparison.Ordinal)];
        var last = field[(field.LastIndexOf('.') + 1)..];
        return $"s{no}-{(last == "validTo" ? "to" : last)}";
    }

    private async Task<List<StatementDraft>> Typed(IFormCollection form, AppealSection section)
    {
        var all = new List<StatementDraft>();
        foreach (var slot in SlotsOf(form, section))
        {
            var proofs = slot.Proofs.Select(DraftOf).Cast<ProofDraft?>().ToList();
            var files = form.Files.Where(file => file.Name == $"file-{slot.No}" && file.Length > 0).ToList();
            if (files.Count > 0)
            {
                var who = EvidenceShelf.Bringer.Known(Me!);
                var (ids, refused) = await UploadPage.KeepAll(Store, shelf, who, files, Ct);
                if (refused is not null)
                    Fault($"s{slot.No}-file", refused);
                proofs.AddRange(ids.Select(id => ProofOf(form, slot.No, id)));
            }
            // What is blank is no statement; the door leaves it out and keeps its place.
            all.Add(new StatementDraft(Words.Of(section), slot.Text, slot.Owner, DayOf(slot.By), proofs));
        }
        return all;
    }

    private static ProofDraft ProofOf(IFormCollection form, int no, Guid file) =>
        new(
            file,
            Said(form, $"kind-{no}"),
            Said(form, $"issuer-{no}"),
            Said(form, $"number-{no}"),
            DayOf(Said(form, $"from-{no}")),
            DayOf(Said(form, $"to-{no}")),
            Said(form, $"product-{no}")
        );

    // As many as there are, and an empty one to write in.
    private IReadOnlyList<Slot> SlotsOf(AppealSection section)
    {
        var there = Plan.Of(section);
        return
        [
            .. there.Select((s, i) => new Slot(i, s.Text, s.Owner, Iso(s.By), s.Proofs)),
            new Slot(there.Count, null, null, null, []),
        ];
    }

    private IReadOnlyList<Slot> SlotsOf(IFormCollection form, AppealSection section)
    {
        var there = Plan.Of(section);
        var count = Math.Min(there.Count + 1, PlanOfAction.StatementsMax);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new Slot(
                    i,
                    Said(form, $"text-{i}"),
                    Said(form, $"owner-{i}"),
                    Said(form, $"by-{i}"),
                    i < there.Count
                        ? [.. there[i].Proofs.Where(p => !form[$"drop-{i}"].Contains(p.File.ToString()))]
                        : [],
                    IsOpen: Said(form, $"issuer-{i}") is not null || Said(form, $"number-{i}") is not null
                )),
        ];
    }

    private static string? Said(IFormCollection form, string field) =>
        form[field].ToString() is { } said && !string.IsNullOrWhiteSpace(said) ? said : null;

    private static DateOnly? DayOf(string? typed) =>
        DateOnly.TryParse(typed, CultureInfo.InvariantCulture, out var day) ? day : null;

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static StatementDraft DraftOf(PlanStatement s) =>
        new(Words.Of(s.Section), s.Text, s.Owner, s.By, [.. s.Proofs.Select(DraftOf)]);

    private static ProofDraft DraftOf(PlanProof p) =>
        new(p.File, Words.Of(p.Kind), p.Issuer, p.Number, p.ValidFrom, p.ValidTo, p.Product);

    private string AddressOf(AppealSection? section) =>
        $"/appeals/{Id:D}/write?step=" + (section is { } one ? Words.Of(one) : "check");

    private AppealSection? After(AppealSection section)
    {
        var at = Sections.ToList().IndexOf(section) + 1;
        return at < Sections.Count ? Sections[at] : null;
    }

    // Null where it can be written.
    private async Task<IActionResult?> Open(Guid id, string? step)
    {
        if (Me is null)
            return ToSignIn();
        if (await AppealOpened.Open(Store, law, id, Me, Ct) is not { Side: AppealSide.Appellant } found)
            return NotFound();
        opened = found;
        if (!found.Appeal.Can(found.Side, Me.Account, found.IsFree).Contains(AppealVerb.Save))
            return Redirect($"/appeals/{id:D}");
        Section =
            step == "check" ? null
            : PlanDraft.Parse<AppealSection>(step) is { } named && Sections.Contains(named) ? named
            : Sections[0];
        Target = await AppealLooks.Target(Store, found.Appeal.Target, Ct);
        Missing = AppealView.Of(found).Missing;
        if (Section is { } section)
            Slots = SlotsOf(section);
        else
            Findings = AppealLint.Say(Plan, found.Appeal);
        return null;
    }
}
