using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Evidence;
using Hengping.App.Measures;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Appeals;

/// <summary>
/// 写申诉: a step for each section and one to check all of it. Every step is kept as it is left, so that Back, reload and
/// another day find what was written.
/// </summary>
[LargeBody(FileForms.PartyBytesMax)]
public sealed partial class AppealWritePage(Store store, Law law, EvidenceShelf shelf, OwnApi ownApi) : HousePage(store)
{
    private const string Door = "/api/v1/appeals/{id:guid}/";

    private AppealOpened opened = null!;

    /// <summary>What the linter reads: what is kept, or what is typed.</summary>
    private PlanOfAction reading = PlanOfAction.Empty;

    public Guid Id => opened.Id;
    public ShownTarget Target { get; private set; } = new("", null);
    public IReadOnlyList<AppealSection> Sections => opened.Appeal.Sections;
    public PlanOfAction Plan => opened.Plan;
    public IReadOnlyList<MissingPart> Missing { get; private set; } = [];

    /// <summary>The section that is asked for; null where all is checked.</summary>
    public AppealSection? Section { get; private set; }
    public IReadOnlyList<Slot> Slots { get; private set; } = [];

    /// <summary>What the linter would still ask for, part by part.</summary>
    public IReadOnlyList<PlanFinding> Findings { get; private set; } = [];

    /// <summary>The measure it is against; null where it is a report.</summary>
    public MeasureView? Measure { get; private set; }

    /// <summary>The part before, where the linter asks for more of what was written there.</summary>
    public AppealSection? Behind { get; private set; }

    /// <summary>The first thing that is asked: where there is room the decision stands open beside it.</summary>
    public bool IsFirst => AtStep == 1;

    /// <summary>In time it is sent until then; else it lapses then.</summary>
    public DateTimeOffset? SendBy =>
        opened.Appeal.WasRefused ? opened.Appeal.SendBy : opened.InTime ?? opened.Appeal.SendBy;
    public bool NeedsReason => !opened.Appeal.WasRefused && Now > opened.Window.InTime;
    public string? LateReason => opened.LateReason;

    /// <inheritdoc/>
    public override int? AtStep => Section is { } section ? Sections.ToList().IndexOf(section) + 1 : Sections.Count + 1;

    /// <inheritdoc/>
    public override IEnumerable<TypedField> AlsoTyped =>
        Slots.Where(slot => slot.Kept is not null).Select(slot => new TypedField($"kept-{slot.No}", $"{slot.Kept:D}"));

    /// <summary>A refusal named this part.</summary>
    public bool IsMissing(AppealSection section) => Missing.Any(part => part.Section == section);

    /// <summary>What is open of a statement of this part, by its place in the form; of the part where null.</summary>
    public FindingsShown FindingsAt(int? slot)
    {
        // What is blank is no statement: the others count without it.
        var written = Slots.Where(one => one.Text is not null).Select(one => one.No).ToList();
        var nos = reading.Of(Section ?? default).Select(statement => statement.No).ToList();
        var no = slot is { } place && written.IndexOf(place) is >= 0 and var at && at < nos.Count ? nos[at] : 0;
        var here = Findings.Where(one => one.Section == Section);
        return slot is null
            ? new FindingsShown("part", [.. here.Where(one => one.Statement is null)])
            : new FindingsShown($"{slot}", [.. here.Where(one => one.Statement == no)], WithExcerpt: false);
    }

    /// <summary>Where the script asks what is open of what is written.</summary>
    public string LintAddress(AppealSection section) => AddressOf(section) + "&handler=Lint";

    /// <summary>What is known of a piece of evidence, in a line.</summary>
    public static string Said(PlanProof proof) =>
        string.Join(
            Texts.Pick("，", ", "),
            new[]
            {
                proof.Issuer,
                proof.Number,
                proof.Product,
                proof.ValidFrom is { } from ? Texts.T("appeal.proof.since", Say.Day(from)) : null,
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

    /// <summary>What is open of what is typed now; nothing is kept.</summary>
    public async Task<IActionResult> OnPostLint(Guid id, string? step, IFormCollection form)
    {
        if (await Open(id, step) is { } instead)
            return instead;
        if (Section is not { } section)
            return NotFound();
        Slots = SlotsOf(form, section);
        var typed = Slots.Select(slot => new StatementDraft(
            Words.Of(section),
            slot.Text,
            slot.Owner,
            DayOf(slot.By),
            // A file that is chosen counts before it is here.
            [
                .. ProofsOf(slot, form),
                .. form[$"file-{slot.No}"].Where(name => name?.Length > 0).Select(_ => ProofOf(form, slot.No, default)),
            ]
        ));
        var others = Plan.Statements.Where(s => s.Section != section).Select(DraftOf);
        Read(PlanDraft.Check([.. typed, .. others], Sections, Shanghai.DayOf(Now), new FieldFaults()));
        return Partial("/Appeals/WriteFindings.cshtml", this);
    }

    private void Read(PlanOfAction plan)
    {
        reading = plan;
        Findings = AppealLint.Say(plan, opened.Appeal, Shanghai.DayOf(Now));
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
        return $"s{no}-{last switch { "validFrom" => "from", "validTo" => "to", _ => last }}";
    }

    private async Task<List<StatementDraft>> Typed(IFormCollection form, AppealSection section)
    {
        var slots = new List<Slot>();
        foreach (var slot in SlotsOf(form, section))
            slots.Add(await WithFile(slot, form));
        Slots = slots;
        foreach (var slot in Slots)
        {
            CheckDay($"s{slot.No}-by", slot.By);
            foreach (var field in DayFields)
                CheckDay($"s{slot.No}-{field}", slot.Said(field));
        }
        // What is blank is no statement; the door leaves it out and keeps its place.
        return
        [
            .. Slots.Select(slot => new StatementDraft(
                Words.Of(section),
                slot.Text,
                slot.Owner,
                DayOf(slot.By),
                ProofsOf(slot, form)
            )),
        ];
    }

    private static List<ProofDraft?> ProofsOf(Slot slot, IFormCollection form) =>
        [
            .. slot.Proofs.Select(DraftOf),
            .. slot.Kept is { } file ? [ProofOf(form, slot.No, file)] : Array.Empty<ProofDraft?>(),
        ];

    // It is kept before anything is said of what is typed: whoever mends a day need not choose it again.
    private async Task<Slot> WithFile(Slot slot, IFormCollection form)
    {
        var files = form.Files.Where(file => file.Name == $"file-{slot.No}" && file.Length > 0).ToList();
        if (files.Count == 0)
            return slot;
        var (ids, refused) = await UploadPage.KeepAll(Store, shelf, EvidenceShelf.Bringer.Known(Me!), files, Ct);
        if (refused is not null)
            Fault($"s{slot.No}-file", refused);
        return ids.Count > 0 ? slot with { Kept = ids[^1] } : slot;
    }

    /// <summary>Where a part is written; where all is checked.</summary>
    public string AddressOf(AppealSection? section) =>
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
        if (step is not null && step != "check" && PlanDraft.Parse<AppealSection>(step) is null)
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
        if (found.Appeal.Target is { Kind: AppealTargetKind.Measure, Id: var measure })
            Measure = await ShowMeasure.Read(Store, law, measure, Me, Ct);
        if (Section is { } section)
            Slots = SlotsOf(section);
        // Nobody is told what is missing before they wrote something.
        if (Section is null || Plan.Of(Section.Value).Count > 0)
            Read(Plan);
        if (
            Section is not null
            && AtStep is > 1 and var at
            && Sections[at - 2] is var before
            && Plan.Of(before).Count > 0
            && AppealLint.Say(Plan, found.Appeal, Shanghai.DayOf(Now)).Any(one => one.Section == before)
        )
            Behind = before;
        return null;
    }
}
