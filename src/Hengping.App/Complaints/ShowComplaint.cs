using Hengping.App.Clocks;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>
/// <c>GET /complaints/{id}</c> and its time line: parties and staff; a regulator gets facts and status.
/// </summary>
public static class ShowComplaint
{
    private sealed record TimeLine(IReadOnlyList<ShownEvent> Items);

    /// <summary>Puts the doors on their addresses.</summary>
    public static void Map(IEndpointRouteBuilder complaints)
    {
        complaints.MapGet("/{id}", One).Produces<ComplaintView>().SignedIn();
        complaints.MapGet("/{id}/events", Events).SignedIn();
    }

    private static async Task<IResult> One(HttpContext http, string id, Store store, Law law, CancellationToken ct)
    {
        var caller = Caller.Of(http.User)!;
        if (!Guid.TryParse(id, out var stream) || await Read(caller, stream, store, ct) is not var (complaint, story))
            return Answers.NotFound;
        var words = await CurrentOperator.Of(http).Words(ct);
        var view = await ComplaintView.Of(store, law, stream, complaint, story, caller, words, ct);
        return Results.Json(view with { Turn = await TurnIn(http, stream, complaint, caller, ct) }, Cli.JsonFormat);
    }

    private static async Task<IResult> Events(HttpContext http, string id, Store store, CancellationToken ct)
    {
        var caller = Caller.Of(http.User)!;
        if (!Guid.TryParse(id, out var stream) || await Read(caller, stream, store, ct) is not var (complaint, story))
            return Answers.NotFound;
        return Results.Json(new TimeLine(EventsFor(caller, complaint, story)), Cli.JsonFormat);
    }

    /// <summary>A case of a claimant's own, to take along: what both doors show them, and no more.</summary>
    public static async Task<(ComplaintView Case, IReadOnlyList<ShownEvent> Events)> Own(
        HttpContext http,
        Guid id,
        CancellationToken ct
    )
    {
        var (store, law) = (
            http.RequestServices.GetRequiredService<Store>(),
            http.RequestServices.GetRequiredService<Law>()
        );
        var caller = Caller.Of(http.User)!;
        var (complaint, story) = (await Read(caller, id, store, ct))!.Value;
        var words = await CurrentOperator.Of(http).Words(ct);
        var view = await ComplaintView.Of(store, law, id, complaint, story, caller, words, ct);
        // Staff are known by what they are, not by who they are.
        var turn = await TurnIn(http, id, complaint, caller, ct);
        return (view with { FirstContact = null, Turn = turn }, EventsFor(caller, complaint, story));
    }

    private static async Task<TurnShown?> TurnIn(
        HttpContext http,
        Guid id,
        Complaint complaint,
        Caller caller,
        CancellationToken ct
    ) => TurnShown.Of(await http.RequestServices.GetRequiredService<CaseTurns>().Of(id, complaint, caller, ct));

    private static IReadOnlyList<ShownEvent> EventsFor(
        Caller caller,
        Complaint complaint,
        IReadOnlyList<StoryEvent<ComplaintEvent>> story
    ) => CaseAccess.PartyOf(complaint, caller) is { } party ? ShownEvent.For(party, complaint, story) : [];

    private static async Task<(Complaint Case, IReadOnlyList<StoryEvent<ComplaintEvent>> Story)?> Read(
        Caller caller,
        Guid id,
        Store store,
        CancellationToken ct
    )
    {
        var story = await store.ReadStory(ComplaintBook.Instance, id, ct);
        if (story.Count == 0 || story[0].Event is not ComplaintEvent.Filed)
            return null;
        Complaint? complaint = null;
        foreach (var one in story)
            complaint = Complaint.Fold(complaint, one.Event, one.At, one.Author);
        if (CaseAccess.PartyOf(complaint!, caller) is null && caller.Role != Role.Regulator)
            return null;
        if (caller.IsStaff)
            await AccessBook.Instance.Note(store, id, caller, ct);
        return (complaint!, story);
    }
}
