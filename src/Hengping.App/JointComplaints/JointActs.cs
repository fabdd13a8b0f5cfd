using Hengping.App.Accounts;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;

namespace Hengping.App.JointComplaints;

/// <summary>
/// What a decision in a joint complaint does in the complaints it is made of, in one commit: an offer in each, and its
/// acceptance, its refusal or the withdrawals once everyone has answered.
/// </summary>
public static class JointActs
{
    /// <summary>Appends the decision and what follows from it; answers with the joint complaint.</summary>
    public static async Task<IResult> Save(
        HttpContext http,
        Store store,
        JointOpened opened,
        JointEvent decided,
        CancellationToken ct,
        int status = StatusCodes.Status200OK
    )
    {
        var (id, caller, now) = (opened.Joint.Id, opened.Caller, opened.Now);
        List<JointEvent> events = [decided];
        var after = JointBook.Instance.Fold(opened.Joint.State, decided, now, caller.Author);
        if (after.Carries(opened.Cases, now) is { } carried)
        {
            events.Add(new JointEvent.Carried(carried.No));
            after = JointBook.Instance.Fold(after, events[^1], now, caller.Author);
        }
        List<Change> changes = [];
        foreach (var happened in events)
            if (InComplaints(store, opened, after, happened, changes) is { } no)
                return no.AsProblem();
        var own = store.Change(
            JointBook.Instance,
            opened.Joint,
            Stamped.All(events, now, caller.Author),
            opened.WordsKey
        );
        var past = await store.ReadStory(JointBook.Instance, id, ct);
        var story = past.Take(opened.Joint.Version)
            .Concat(events.Select((e, i) => new StoryEvent<JointEvent>(opened.Joint.Version + 1 + i, e, now, now, "")))
            .ToList();
        var view = JointView.Of(opened, after, story, await JointView.Names(store, opened, ct));
        var created = status == StatusCodes.Status201Created ? $"/api/v1/joint/{id:D}" : null;
        var (answer, kept) = Idempotency.Answer(http, status, view, created);
        // It names people who may be erased while it is kept: the same key again shows the joint complaint as it is.
        var once = kept is null ? null : kept with { Answer = [] };
        if (await AccountDesk.Standing(store, caller.Account, ct) is not { } standing)
            return Problems.NotSignedIn.AsProblem(StatusCodes.Status401Unauthorized);
        var outcome = await store.Append(new Commit([standing, own, .. changes], once), ct);
        return outcome switch
        {
            Outcome.Taken => Joint.Elsewhere.AsProblem(),
            Outcome.Replayed same => await AnswerAgain(http, same.First),
            _ => Answers.After(outcome, answer),
        };
    }

    /// <summary>The answer to a key that was used before.</summary>
    public static async Task<IResult> AnswerAgain(HttpContext http, Idempotent first)
    {
        var store = http.RequestServices.GetRequiredService<Store>();
        var id = first.Location?.Split('/')[^1] ?? (string)http.Request.RouteValues["id"]!;
        return
            Caller.Of(http.User) is { } caller
            && await JointDesk.Read(store, Guid.Parse(id), caller, http.RequestAborted) is { } opened
            ? Results.Json(
                await JointView.Of(store, opened, http.RequestAborted),
                Cli.JsonFormat,
                statusCode: first.Status
            )
            : Answers.NotFound;
    }

    private static Refusal? InComplaints(
        Store store,
        JointOpened opened,
        Joint after,
        JointEvent happened,
        List<Change> changes
    ) =>
        happened switch
        {
            JointEvent.MatterRaised { Kind: MatterKind.Settle } raised => Offer(store, opened, raised, changes),
            JointEvent.Refused refused when Matter(after, refused.No) is { Kind: MatterKind.Settle } m => Each(
                store,
                opened,
                after,
                m,
                changes,
                (c, no) => c.RejectOffer(no, Party.Claimant, opened.Now, opened.Joint.Id)
            ),
            JointEvent.Carried done when Matter(after, done.No) is { Kind: not MatterKind.Representatives } m => Each(
                store,
                opened,
                after,
                m,
                changes,
                (c, no) =>
                    m.Kind == MatterKind.Settle
                        ? c.AcceptOffer(no, Party.Claimant, opened.Now, opened.Joint.Id)
                        : c.Withdraw(opened.Now)
            ),
            _ => null,
        };

    private static JointMatter Matter(Joint joint, int no) => joint.Matters.First(m => m.No == no);

    private static Refusal? Offer(Store store, JointOpened opened, JointEvent.MatterRaised raised, List<Change> changes)
    {
        foreach (var share in raised.Shares)
        {
            var offer = opened
                .Cases[share.Complaint]
                .Offer(
                    Party.Respondent,
                    raised.Text,
                    share.Amount,
                    raised.DueBy!.Value,
                    raised.ExpiresAt,
                    opened.Now,
                    opened.Joint.Id
                );
            if (offer.Refusal is { } no)
                return no;
            changes.Add(Change(store, opened, share.Complaint, offer.Event!, opened.Caller.Author));
        }
        return null;
    }

    /// <summary>The same in every complaint the matter binds.</summary>
    private static Refusal? Each(
        Store store,
        JointOpened opened,
        Joint after,
        JointMatter matter,
        List<Change> changes,
        Func<Complaint, int, Decided<ComplaintEvent>> decide
    )
    {
        foreach (var id in after.Bound(matter, opened.Cases))
        {
            var offer = matter.Shares.FirstOrDefault(s => s.Complaint == id)?.OfferNo ?? 0;
            var decided = decide(opened.Cases[id], offer);
            if (decided.Refusal is { } no)
                return no;
            // All of them decided it together: the joint complaint's own log says who agreed and when.
            changes.Add(Change(store, opened, id, decided.Event!, $"joint:{opened.Joint.Id:D}"));
        }
        return null;
    }

    private static Change Change(
        Store store,
        JointOpened opened,
        Guid complaint,
        ComplaintEvent happened,
        string author
    ) => store.Change(ComplaintBook.Instance, opened.Loaded[complaint], opened.Now, author, [happened]);
}
