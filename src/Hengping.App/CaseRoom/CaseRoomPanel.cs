using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Hengping.Rules.Desk;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.CaseRoom;

/// <summary>A decision of the desk about this case that has not gone out yet.</summary>
/// <param name="IsMine">The reader took it and can undo it.</param>
public sealed record WaitingDecision(Guid Id, Verb Verb, DateTimeOffset SendAt, bool IsMine);

/// <summary>
/// The case beside a list: its essentials and what can be done, without a page of its own. It is opened, noted and
/// acted on as in the room. What ends a case or moves it waits some seconds, in which it can be undone.
/// </summary>
public sealed partial class CaseRoomPage
{
    /// <summary>Sent by the list that shows the case beside itself.</summary>
    private const string BesideHeader = "X-Beside";

    private const int LatestShown = 5;

    /// <summary>In the address of whoever comes back from undoing.</summary>
    private const string UndoneWord = "undone";

    private const string Decisions = "/api/v1/desk/decisions";

    private sealed record WaitingRow(Guid Id, Guid Account, string Verb, long SendAt);

    /// <summary>What happened after the filing, the last lines of it, newest first.</summary>
    public IEnumerable<StoryLine> Latest => Lines.Where(line => line.No > 1).Reverse().Take(LatestShown);

    /// <summary>What waits to go out, for staff.</summary>
    public WaitingDecision? WaitingDecision { get; private set; }

    /// <summary>The same for the bottom of the page, where the reader can undo it; null where they cannot.</summary>
    public OutgoingToast? Leaving =>
        WaitingDecision is { IsMine: true } waiting
            ? new OutgoingToast(
                [new(waiting.Verb, DecisionState.Waiting, waiting.SendAt, [waiting.Id], [Case.Number], Why: null)],
                Now,
                "/desk?handler=Undo",
                $"/cases/{Case.Number}?did={UndoneWord}",
                $"/cases/{Case.Number}"
            )
            : null;

    /// <summary>The act was a decision of the desk: whoever works through a list goes on to the next case.</summary>
    public bool IsDecided { get; private set; }

    /// <summary>Why a key of the desk does nothing in this case now; null where it does something.</summary>
    public string? WhyNot(Verb verb) =>
        WaitingDecision is { } waiting ? Texts.T("desk.decided", Say.Clock(waiting.SendAt))
        : WhyNo(verb) is { } no ? InWords(Case.ToldTo(no, verb, Actor, default, Now, ComplaintPolicy.Current))
        : null;

    private static string InWords(Refusal no) => Texts.Pick(no.Zh, no.En);

    /// <summary>The five factors of a decline.</summary>
    public FactorForm Factors =>
        new(
            Faults,
            SentFor(Verb.Decline),
            [.. Case.Evidence.Select((id, no) => (id, Texts.T("factors.proof", no + 1)))]
        );

    private bool IsBeside => Request.Headers.ContainsKey(BesideHeader);

    /// <summary>The case to be shown beside a list: the same opening as the room's.</summary>
    public async Task<IActionResult> OnGetPanel(string number, string? did)
    {
        if (Me is null)
            return StatusCode(StatusCodes.Status401Unauthorized);
        if (!await Open(number))
            return NotFound();
        if (did == UndoneWord)
            await ComesBack();
        return Beside();
    }

    private static bool IsHeld(Verb verb) => DeskDecision.Verbs.Contains(verb);

    private async Task<IActionResult> DecideLater(Verb verb, IFormCollection form)
    {
        var body = new
        {
            complaints = new[] { Id },
            verb = Words.Of(verb),
            missing = form["missing"].ToArray(),
            ground = form["ground"].ToString(),
            decision = form["decision"].ToString(),
            respondent = await RedirectTo(form),
            reply = Number(form["reply"]),
            valid = Valid(form),
            reason = form["reason"].ToString(),
            note = form["note"].ToString(),
            factors = FactorForm.Of(form),
        };
        var answer = await ownApi.Post(HttpContext, Decisions, new { }, body);
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (answer.Ok)
            foreach (var no in answer.Body.GetProperty("refused").EnumerateArray())
                Faults[""] = no.GetProperty("title").GetString() ?? "";
        else if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        if (Faults.Count > 0)
            return NotActed();
        if (!IsBeside)
            return Redirect($"/cases/{Case.Number}");
        await LookAtWaiting();
        IsDecided = true;
        return Beside();
    }

    /// <summary>After a yes: the room again at its own address, or what stands beside the list anew.</summary>
    private async Task<IActionResult> Acted(string did)
    {
        if (!IsBeside)
            return Redirect($"/cases/{Case.Number}?did={did}#done");
        await Open(Case.Number);
        if (Texts.All.ContainsKey("did." + did))
            Done = Texts.T("did." + did);
        return Beside();
    }

    /// <summary>After a no, with its faults.</summary>
    private IActionResult NotActed()
    {
        var page = Again();
        return IsBeside ? Beside() : page;
    }

    private PartialViewResult Beside() => Partial("/CaseRoom/CasePanel.cshtml", this);

    // The desk's rows: whose decision, and when it goes out.
    private async Task LookAtWaiting()
    {
        if (Reader != Party.Mediator)
            return;
        var row = await Store.First<WaitingRow>(
            """
            select id as Id, account as Account, verb as Verb, send_at as SendAt
            from desk_decisions where complaint = @id and state = 'waiting'
            """,
            new { id = Id },
            Ct
        );
        WaitingDecision = row is null
            ? null
            : new WaitingDecision(
                row.Id,
                Words.Parse<Verb>(row.Verb) ?? Verb.Deliver,
                DateTimeOffset.FromUnixTimeMilliseconds(row.SendAt),
                row.Account == Me!.Account
            );
    }
}
