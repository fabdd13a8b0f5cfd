using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.App.RuleRegister;
using Hengping.Rules.Clocks;
using Hengping.Rules.Measures;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Measures;

/// <summary>提出措施: a form, with the clauses that were in force on the day of the facts.</summary>
public sealed class TakeMeasurePage(Store store, OwnApi ownApi, CurrentOperator house) : HousePage(store)
{
    private const string Door = "/api/v1/measures";

    [BindProperty(SupportsGet = true)]
    public Guid? Merchant { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Account { get; set; }

    /// <summary>The day of the facts: it decides which clauses can be chosen.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? On { get; set; }

    public string? MerchantName { get; private set; }
    public IReadOnlyList<ClauseShown> Clauses { get; private set; } = [];

    /// <summary>What this operator may do.</summary>
    public IReadOnlyList<MeasureKind> Kinds { get; private set; } = [];

    /// <summary>Measures against the same addressee in two years, newest first: the ladder as a hint.</summary>
    public IReadOnlyList<MeasureRows.Item> Before { get; private set; } = [];

    public DateOnly Day => On ?? Shanghai.DayOf(Now);

    /// <summary>What was typed in the form that comes back.</summary>
    public string? Typed(string field) => Request.HasFormContentType ? Request.Form[field].ToString() : null;

    public async Task<IActionResult> OnGet()
    {
        if (Me is null)
            return ToSignIn();
        if (!ownApi.May(HttpMethods.Post, Door, Me.Role))
            return Forbid();
        await Open();
        return Page();
    }

    public async Task<IActionResult> OnPost(IFormCollection form)
    {
        if (Me is null)
            return ToSignIn();
        // Nothing else is asked before it is said against whom.
        if (Merchant is null && Account is null && ownApi.May(HttpMethods.Post, Door, Me.Role))
        {
            Fault("addressee", Rules.Fields.Fault.Required);
            return Again();
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
            }
        );
        if (answer.Ok)
            return Redirect($"/measures/{answer.Body.GetProperty("id").GetGuid():D}");
        if (answer.Status == StatusCodes.Status403Forbidden)
            return Forbid();
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        await Open();
        return Again();
        string? Said(string field) => form[field].ToString() is { Length: > 0 } text ? text : null;
    }

    private async Task Open()
    {
        var kind = (await house.Now(Ct))?.Sign?.Kind;
        Kinds = [.. Enum.GetValues<MeasureKind>().Where(what => MeasurePower.Why(kind, what, isUrgent: false) is null)];
        Clauses = await ClausesInForce.All(Store, Day, Ct);
        if (Merchant is { } merchant)
        {
            MerchantName = (await MerchantDirectory.Find(Store, merchant, Ct))?.Name;
            Before = (await ListMeasures.Public(Store, new ListMeasures.Wanted(Merchant: merchant, Size: 5), Ct)).Items;
        }
    }
}
