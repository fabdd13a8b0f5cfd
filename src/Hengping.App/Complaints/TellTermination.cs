using Hengping.App.Clocks;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>
/// 告知终止调解: both are told within 7 working days (令121 art. 23). To whom the house can write, the termination itself
/// tells; whoever else there is a person tells, and notes it here.
/// </summary>
public static class TellTermination
{
    /// <summary>claimant or respondent; phone, email, post or online.</summary>
    public sealed record ToldRequest(string? Party = null, string? Way = null, string? Note = null)
    {
        public ToldRequest()
            : this(Party: null) { }
    }

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder complaints) =>
        complaints.MapVerb<ToldRequest>(Verb.TellTermination, Tell);

    /// <summary>Terminates, with the clock to tell it where somebody has to be told by a person.</summary>
    public static async ValueTask<Decided<ComplaintEvent>> End(
        Opened opened,
        string reason,
        bool nonAcceptance,
        string? note,
        CancellationToken ct
    )
    {
        var told = await Written(opened.Store, opened.Case, ct);
        return opened.Case.Terminate(reason, nonAcceptance, note, opened.Now, opened.TellBy, told);
    }

    /// <summary>The clock's own termination, with the clock to tell it.</summary>
    public static async Task<ComplaintEvent> ByClock(
        ComplaintEvent.Terminated happened,
        Complaint complaint,
        Store store,
        Law law,
        CancellationToken ct
    ) =>
        Deadlines.Noted(
            happened with
            {
                TellBy = Deadlines.Due(law, "mediation.told", store.Now),
                Told = await Written(store, complaint, ct),
            },
            law,
            store.Now
        );

    /// <summary>To whom the house can write: an account, or a merchant with somebody to write to.</summary>
    private static async Task<IReadOnlyList<Party>> Written(Store store, Complaint complaint, CancellationToken ct)
    {
        var merchant = complaint.ClaimantMerchant;
        var isClaimant = merchant is null
            ? complaint.Claimant is not null
            : await HasSomebody(store, merchant.Value, ct);
        var isRespondent = await HasSomebody(store, complaint.Respondent, ct);
        return [.. isClaimant ? [Party.Claimant] : (Party[])[], .. isRespondent ? [Party.Respondent] : (Party[])[]];
    }

    private static async Task<bool> HasSomebody(Store store, Guid merchant, CancellationToken ct) =>
        await store.First<long>(
            """
            select count(*) from merchants m where m.id = @merchant
              and (m.has_contact or exists (select 1 from accounts a where a.merchant = m.id and a.live))
            """,
            new { merchant },
            ct
        ) > 0;

    private static ValueTask<Decided<ComplaintEvent>> Tell(Opened opened, ToldRequest body, CancellationToken ct)
    {
        var who = opened.Faults.Word(
            "party",
            body.Party,
            ("claimant", Party.Claimant),
            ("respondent", Party.Respondent)
        );
        var way = opened.Faults.Word("way", body.Way, [.. Ways.Select(w => (w, w))]);
        var note = opened.Faults.Text("note", body.Note, 0, 2_000);
        return ValueTask.FromResult(opened.Case.TellTermination(who, way, note.Length == 0 ? null : note, opened.Now));
    }

    /// <summary>How somebody is told.</summary>
    public static readonly IReadOnlyList<string> Ways = ["phone", "email", "online", "post"];
}
