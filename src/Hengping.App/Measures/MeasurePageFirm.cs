using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.Rules.Measures;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Measures;

// 同一信用代码: the other entries of a firm that is closed, banned or listed, for whoever decides.
public sealed partial class MeasurePage
{
    private const string Firm = "firm";
    private const string Taking = "/api/v1/measures";

    /// <summary>Another entry of the firm.</summary>
    /// <param name="Open">The same kind of measure that goes on against it already; null where none does.</param>
    public sealed record FirmEntry(Guid Id, string Name, Guid? Open);

    /// <summary>The firm's credit code, where it has other entries.</summary>
    public string? Code { get; private set; }

    /// <summary>The firm's other entries; empty for whoever takes no measures.</summary>
    public IReadOnlyList<FirmEntry> Entries { get; private set; } = [];

    private async Task ReadFirm()
    {
        var isTheirs = Me is { } me && ownApi.May(HttpMethods.Post, Taking, me.Role);
        if (!isTheirs || Measure.EndedAt is not null || Measure.Addressee is not { Merchant: true, Id: { } merchant })
            return;
        if (
            !MeasureKinds.IsOfFirm(Measure.Kind, Measure.Target.Kind)
            || await MerchantDirectory.CodeOf(Store, merchant, Ct) is not { Length: > 0 } code
        )
            return;
        var entries = new List<FirmEntry>();
        foreach (var one in await MerchantDirectory.OfCode(Store, code, Ct))
            if (one.Id != merchant)
                entries.Add(new FirmEntry(one.Id, one.Name, await OpenAgainst(one.Id)));
        (Code, Entries) = (code, entries);
    }

    private async Task<Guid?> OpenAgainst(Guid merchant) =>
        await Store.First<Guid>(
            """
            select id from measures where merchant = @merchant and kind = @kind and ended_at is null
            order by proposed_at desc, id desc limit 1
            """,
            new { merchant, kind = Platform.Words.Of(Measure.Kind) },
            Ct
        )
            is var found
        && found != Guid.Empty
            ? found
            : null;

    private async Task<IActionResult> OnFirm(Guid id, IFormCollection form)
    {
        if (!ownApi.May(HttpMethods.Post, Taking, Me!.Role))
            return Forbid();
        if (!await Open(id))
            return NotFound();
        Tried = Firm;
        var chosen = Entries.Where(one => one.Open is null && form["entry"].Contains(one.Id.ToString("D"))).ToList();
        if (chosen.Count == 0)
            Faults["entry"] = Texts.T("measure.firm.none");
        foreach (var entry in chosen)
        {
            // Pressed twice, each of them is told once.
            var key = $"firm:{id:N}:{entry.Id:N}";
            var answer = await ownApi.Post(HttpContext, Taking, new { }, BodyFor(entry.Id), key);
            if (!answer.Ok)
                Faults.TryAdd("entry", $"{entry.Name}: {answer.Errors.Values.FirstOrDefault() ?? answer.Title}");
        }
        return Faults.Count > 0 ? Again() : Redirect($"/measures/{id:D}?did={Firm}");
    }

    // The same paper with the reason why it concerns this entry; its evidence stays with the first.
    private object BodyFor(Guid merchant)
    {
        var (m, words) = (Measure, Measure.Words);
        var why = Texts.T("measure.firm.facts", m.Addressee.Name, Code, m.Number);
        return new
        {
            kind = Platform.Words.Of(m.Kind),
            reason = Platform.Words.Of(m.Reason),
            addressee = new { merchant },
            target = new { kind = Platform.Words.Of(m.Target.Kind), title = CategoryOf(m.Target) },
            clause = new { rule = m.Clause.Ref.Rule, clause = m.Clause.Ref.Clause },
            factsOn = MeasureBook.Day(m.FactsOn),
            facts = $"{why}\n{words?.Facts}",
            scope = words?.Scope,
            source = Platform.Words.Of(m.Source),
            endsOn = m.EndsOn is { } day ? MeasureBook.Day(day) : null,
            endCondition = words?.EndCondition,
            cause = m.Cause is { } cause ? Platform.Words.Of(cause) : null,
            openOrders = words?.OpenOrders,
            deposits = words?.Deposits,
        };
    }

    // The name of a shop is its own.
    private static string? CategoryOf(MeasureTarget target) => target.Kind == TargetKind.Category ? target.Title : null;
}
