using Hengping.Tests.Harness;

namespace Hengping.Tests.Complaints;

/// <summary>The doors of the desk, the merchant and the claimant, as rows.</summary>
public sealed partial class EveryDoor
{
    /// <param name="Verb">As in the address behind the id.</param>
    /// <param name="Kind">The one event of the yes, without its prefix.</param>
    /// <param name="Status">Where the yes leads.</param>
    /// <param name="No">A case in which the same call is refused with 409 and this code.</param>
    private sealed record Row(
        string Verb,
        Func<Desk, Task<string>> Given,
        Func<Desk, HttpClient> Who,
        Func<Desk, object?> Body,
        string Kind,
        string Status,
        Func<Desk, Task<string>> No,
        string Code
    );

    private const string WrongState = "complaint.wrong-state";
    private static object Why => new { reason = "理由充分" };

    private static object Hold => new { ground = "litigation", reason = "法院调取材料" };

    private static object? Empty(Desk d) => null;

    private static HttpClient Claimant(Desk d) => d.Claimant;

    private static HttpClient Merchant(Desk d) => d.Merchant;

    private static HttpClient Mediator(Desk d) => d.Mediator;

    private static HttpClient Reviewer(Desk d) => d.Reviewer;

    private static Task<string> Filed(Desk d) => d.Filed();

    private static Task<string> Delivered(Desk d) => d.Delivered();

    private static Task<string> Replied(Desk d) => d.Replied();

    private static Task<string> Settled(Desk d) => d.Settled();

    private static Task<string> InMediation(Desk d) => d.InMediation();

    private static Task<string> Declined(Desk d) =>
        Desk.Then(d.Filed(), d.Mediator, "decline", new { reason = "not-our-duty" });

    private static Task<string> Returned(Desk d) =>
        Desk.Then(d.Filed(), d.Mediator, "return", new { missing = new[] { "order" } });

    private static Task<string> Suspended(Desk d) =>
        Desk.Then(d.InMediation(), d.Mediator, "suspend", new { ground = "testing" });

    // Nobody is there to whom the house could write; a name of its own each time, for the site is shared.
    private static Task<string> Untold(Desk d)
    {
        var body = d.Body();
        body["respondent"] = new { name = Sites.OwnName("无人小店") };
        var ended = new { reason = "party-absent" };
        return Desk.Then(Desk.Then(d.Filed(body), d.Mediator, "deliver"), d.Mediator, "terminate", ended);
    }

    private static Task<string> ReviewAsked(Desk d) => Desk.Then(Declined(d), d.Claimant, "review", Why);

    private static Task<string> Excluded(Desk d) =>
        Desk.Then(d.Delivered(), d.Reviewer, "exclude", new { ground = "abuse", reason = "重复滥诉" });

    private static Task<string> OnPlatform(Desk d) => Desk.Then(d.Filed(d.Body(d.Platform)), d.Mediator, "deliver");

    private static Task<string> SellerAsked(Desk d) => Desk.Then(OnPlatform(d), d.Claimant, "seller/ask");

    private static Task<string> Held(Desk d) => Desk.Then(d.Delivered(), d.Reviewer, "hold", Hold);

    private static object Refused => new { refusedInWriting = true, text = "他们回信说不退了" };

    private static Task<string> NotPerformedSaid(Desk d) =>
        Desk.Then(d.Settled(), d.Claimant, "not-performed", Refused);

    private static Task<string> Acknowledged(Desk d) =>
        Desk.Then(d.Delivered(), d.Merchant, "reply", new { text = "收到" });

    private static object Text(Desk d) => new { text = "已为您办理全额退款,3日内原路到账。" };

    private static IEnumerable<Row> Rows => Screening.Concat(Settling);

    /// <summary>Rows by their verb; the second of a verb is <c>reply 2</c>.</summary>
    private static Dictionary<string, T> Named<T>(IEnumerable<T> rows, Func<T, string> name) =>
        rows.GroupBy(name)
            .SelectMany(of => of.Select((row, at) => (Name: at == 0 ? of.Key : $"{of.Key} {at + 1}", Row: row)))
            .ToDictionary(one => one.Name, one => one.Row);
}
