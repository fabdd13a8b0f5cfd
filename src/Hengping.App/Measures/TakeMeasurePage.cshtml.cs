using Hengping.App.Design;
using Hengping.App.Evidence;
using Hengping.App.Merchants;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.App.RuleRegister;
using Hengping.Rules.Clocks;
using Hengping.Rules.Fields;
using Hengping.Rules.Measures;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Measures;

/// <summary>提出措施: whom first, by name; then a form, with the clauses in force on the day of the facts.</summary>
[LargeBody(FileForms.PartyBytesMax)]
public sealed class TakeMeasurePage(Store store, OwnApi ownApi, CurrentOperator house, EvidenceShelf shelf)
    : HousePage(store)
{
    private const string Door = "/api/v1/measures";

    [BindProperty(SupportsGet = true)]
    public Guid? Merchant { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Account { get; set; }

    /// <summary>By what words an addressee is looked for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Whom the words may mean; null where nobody was looked for.</summary>
    public IReadOnlyList<WhomFound>? Found { get; private set; }

    /// <summary>Files that are uploaded already.</summary>
    public IReadOnlyList<Guid> Kept { get; private set; } = [];

    /// <summary>The day of the facts: it decides which clauses can be chosen.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? On { get; set; }

    public string? MerchantName { get; private set; }
    public IReadOnlyList<ClauseShown> Clauses { get; private set; } = [];

    /// <summary>The form, before it is said of which day the facts are: its clauses follow from it.</summary>
    public bool IsDayAsked => On is null && !IsNoDay && !Request.HasFormContentType;

    /// <summary>All of it is right, and is looked over before it is done.</summary>
    public bool IsLooking { get; private set; }

    /// <summary>What is typed, to be sent once more: the files are here already.</summary>
    public IEnumerable<KeyValuePair<string, string>> Sent =>
        Request
            .Form.Where(typed =>
                typed.Key is not ("go" or "evidence") && !typed.Key.StartsWith("__", StringComparison.Ordinal)
            )
            .Select(typed => KeyValuePair.Create(typed.Key, typed.Value.ToString()));

    /// <summary>The clause that is chosen, in full.</summary>
    public ClauseShown? Chosen =>
        Clauses.FirstOrDefault(clause => $"{clause.Ref.Rule}|{clause.Ref.Clause}" == Typed("clause"));

    /// <summary>The kind that is chosen.</summary>
    public MeasureKind? Kind => Platform.Words.Parse<MeasureKind>(Typed("kind"));

    /// <summary>Those to choose from, by the rule they stand in; what appeals go by comes last.</summary>
    public IEnumerable<IGrouping<string, ClauseShown>> ClausesByRule =>
        Clauses.GroupBy(clause => Texts.Pick(clause.TitleZh, clause.TitleEn));

    /// <summary>What this operator may do.</summary>
    public IReadOnlyList<MeasureKind> Kinds { get; private set; } = [];

    /// <summary>Measures against the same addressee in two years, newest first: the ladder as a hint.</summary>
    public IReadOnlyList<MeasureRows.Item> Before { get; private set; } = [];

    public DateOnly Day => On ?? Shanghai.DayOf(Now);

    /// <summary>The day as it stands in the form: what cannot be read comes back as it was typed.</summary>
    public string DayTyped =>
        IsNoDay ? ModelState["on"]!.AttemptedValue ?? ""
        : On is { } day ? MeasureBook.Day(day)
        : "";

    private bool IsNoDay => ModelState["on"] is { Errors.Count: > 0 };

    /// <inheritdoc/>
    public override IEnumerable<TypedField> AlsoTyped =>
        Kept.Select(id => new TypedField("evidence", id.ToString("D")));

    /// <summary>This page with somebody chosen, up to their id.</summary>
    public string AddressOf(string whom) =>
        "/desk/measures/new?" + (On is { } day ? $"on={MeasureBook.Day(day)}&" : "") + whom + "=";

    /// <summary>What was typed in the form that comes back.</summary>
    public string? Typed(string field) => Request.HasFormContentType ? Request.Form[field].ToString() : null;

    public async Task<IActionResult> OnGet()
    {
        if (Me is null)
            return ToSignIn();
        if (!ownApi.May(HttpMethods.Post, Door, Me.Role))
            return Forbid();
        await Open();
        if (Merchant is null && Account is null && !string.IsNullOrWhiteSpace(Q))
            Found = await WhomToFind.Find(Store, Q, Me, Ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(IFormCollection form)
    {
        if (Me is null)
            return ToSignIn();
        // Nothing else is asked before it is said against whom.
        if (Merchant is null && Account is null)
        {
            Fault("addressee", Rules.Fields.Fault.Required);
            return Again();
        }
        if (!ownApi.May(HttpMethods.Post, Door, Me.Role))
            return Forbid();
        await Keep(form);
        if (IsNoDay)
        {
            var faults = new FieldFaults();
            On = faults.Date("factsOn", DayTyped);
            Fault(faults.All);
        }
        // Nothing but what was said is the day of the facts.
        else if (On is null)
            Fault("factsOn", Rules.Fields.Fault.Required);
        // Another day of the facts: its clauses are listed, and what was typed stays.
        if (form["go"] == "day" || form["go"] == "change" || Faults.Count > 0)
        {
            await Open();
            return Faults.Count > 0 ? Again() : Page();
        }
        var clause = form["clause"].ToString().Split('|');
        var answer = await ownApi.Post(
            HttpContext,
            Door,
            new { },
            new
            {
                kind = Said("kind"),
                reason = Said("reason"),
                addressee = new { merchant = Merchant, account = Merchant is null ? Account : null },
                target = new
                {
                    kind = Said("targetKind"),
                    id = Said("targetId"),
                    address = Said("targetAddress"),
                    title = Said("targetTitle"),
                },
                clause = new
                {
                    rule = Guid.TryParse(clause[0], out var rule) ? rule : (Guid?)null,
                    clause = clause[^1],
                },
                factsOn = MeasureBook.Day(Day),
                facts = Said("facts"),
                scope = Said("scope"),
                source = Said("source"),
                detectedByMachine = form["detected"] == "true",
                urgent = form["urgent"] == "true",
                endsOn = Said("endsOn"),
                endCondition = Said("endCondition"),
                metric = Said("metric"),
                threshold = Said("threshold"),
                amount = Said("amount"),
                basis = Said("basis"),
                method = Said("method"),
                cause = Said("cause"),
                openOrders = Said("openOrders"),
                holder = Said("holder"),
                holderContact = Said("holderContact"),
                deposits = Said("deposits"),
                notice = Said("notice"),
                evidence = Kept,
                asksFirst = form["go"] != "looked",
            }
        );
        if (answer.Ok)
            return Redirect($"/measures/{answer.Body.GetProperty("id").GetGuid():D}");
        if (answer.Status == StatusCodes.Status403Forbidden)
            return Forbid();
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (answer.Code == Rules.Measures.Measure.LookFirstCode)
            (IsLooking, AtField) = (true, "look");
        else if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        await Open();
        return Again();
        string? Said(string field) => form[field].ToString() is { Length: > 0 } text ? text : null;
    }

    private async Task Keep(IFormCollection form)
    {
        var before = form["evidence"].Select(one => Guid.TryParse(one, out var id) ? id : Guid.Empty);
        var (now, no) = await UploadPage.KeepAll(Store, shelf, EvidenceShelf.Bringer.Known(Me!), form.Files, Ct);
        Kept = [.. before.Where(id => id != Guid.Empty).Concat(now).Distinct()];
        if (no is not null)
            Fault("evidence", no);
    }

    private async Task Open()
    {
        var kind = (await house.Now(Ct))?.Sign?.Kind;
        Kinds =
        [
            .. Enum.GetValues<MeasureKind>()
                .Where(what => MeasurePower.Why(kind, what, isUrgent: false) is null)
                .OrderBy(MeasureKinds.Step),
        ];
        Clauses = await ClausesInForce.All(Store, Day, Ct);
        if (Merchant is { } merchant)
        {
            MerchantName = (await MerchantDirectory.Find(Store, merchant, Ct))?.Name;
            Before = (await ListMeasures.Public(Store, new ListMeasures.Wanted(Merchant: merchant, Size: 5), Ct)).Items;
        }
    }
}
