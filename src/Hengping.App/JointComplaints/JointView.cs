using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.JointComplaints;

/// <summary>
/// 共同投诉 as one caller may see it. Claimants who take part see the surnames of those who do and nobody's number or
/// sum but their own; who was only invited stays unknown to the others. Who was invited, asked to be let in, left or
/// was removed sees that it is there and where they stand in it, and nothing of the others; nor does who was redirected
/// to another company, of whom this respondent and the others see nothing more. The respondent sees it once it is
/// formed.
/// </summary>
public sealed record JointView(
    Guid Id,
    Guid Respondent,
    string Problem,
    bool Confirmed,
    bool Formed,
    int Invited,
    IReadOnlyList<JointView.MemberShown> Members,
    IReadOnlyList<JointView.MatterShown> Matters,
    IReadOnlyList<JointView.WordsShown> Messages,
    IReadOnlyList<string> Can
)
{
    /// <summary>One complaint in it. Its id names it in votes and opens nothing; the number is for staff, the
    /// respondent and its own claimant.</summary>
    public sealed record MemberShown(
        Guid Complaint,
        string? Number,
        string? Name,
        MemberState State,
        bool Representative,
        bool Mine
    );

    /// <summary>A matter and how it stands. Shares: the claimant's own; all for the others.</summary>
    public sealed record MatterShown(
        int No,
        MatterKind Kind,
        MatterState State,
        bool Expired,
        string? By,
        string? Text,
        IReadOnlyList<string?> Representatives,
        IReadOnlyList<ShareShown> Shares,
        DateTimeOffset At,
        DateTimeOffset ExpiresAt,
        DateTimeOffset? DueBy,
        int Agreed,
        int Concerned,
        bool Asked
    );

    /// <summary>What one member gets, CNY.</summary>
    public sealed record ShareShown(string? Number, string? Amount);

    /// <summary>A message to all.</summary>
    public sealed record WordsShown(DateTimeOffset At, Party From, string? Name, string? Text);

    /// <summary>The view of one caller.</summary>
    public static async Task<JointView> Of(Store store, JointOpened opened, CancellationToken ct)
    {
        var joint = opened.Facts;
        var story = await store.ReadStory(JointBook.Instance, opened.Joint.Id, ct);
        return Of(opened, joint, story, await Names(store, opened, ct));
    }

    /// <summary>The same after a decision, before it is appended.</summary>
    public static JointView Of(
        JointOpened opened,
        Joint joint,
        IReadOnlyList<StoryEvent<JointEvent>> story,
        IReadOnlyDictionary<Guid, string?> names
    )
    {
        var formed = joint.IsFormed(opened.Cases);
        var isWithin =
            opened.Own is not { } own
            || (joint.Of(own) is { State: MemberState.In } && joint.IsWith(own, opened.Cases));
        if (opened.Party != Party.Mediator)
            names = names.Where(n => n.Key == opened.Own || joint.IsWith(n.Key, opened.Cases)).ToDictionary();
        return new JointView(
            opened.Joint.Id,
            joint.Respondent,
            joint.Problem,
            joint.IsConfirmed,
            formed,
            opened.Party == Party.Respondent || !isWithin
                ? 0
                : joint.Members.Count(m => m.State == MemberState.Invited),
            [.. joint.Members.Where(m => IsShown(m, opened, isWithin)).Select(m => Shown(m, opened, names))],
            [
                // Whom they choose and whether they go on is the claimants' own matter.
                .. joint
                    .Matters.Where(m => isWithin && (m.Kind == MatterKind.Settle || opened.Party != Party.Respondent))
                    .Select(m => Shown(m, opened, joint, story, names)),
            ],
            [
                .. story
                    .Where(t => isWithin && t.Event is JointEvent.Said)
                    .Select(t => (t.At, Said: (JointEvent.Said)t.Event))
                    .Select(t => new WordsShown(t.At, t.Said.From, NameOf(t.Said.Complaint, names), t.Said.Text)),
            ],
            Possible(opened, joint, formed)
        );
    }

    /// <summary>Names of the claimants as the caller may know them: whole for staff, else the surname.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string?>> Names(
        Store store,
        JointOpened opened,
        CancellationToken ct
    )
    {
        var names = new Dictionary<Guid, string?>();
        foreach (var id in opened.Cases.Keys)
        {
            var filed = (await store.ReadStory(ComplaintBook.Instance, id, ct))[0].Event as ComplaintEvent.Filed;
            var name = filed?.Contact?.Name;
            names[id] =
                name is null ? null
                : opened.Party == Party.Mediator || id == opened.Own ? name
                : PersonName.Surname(name);
        }
        return names;
    }

    private static bool IsShown(JointMember member, JointOpened opened, bool isWithin) =>
        opened.Party switch
        {
            Party.Mediator => true,
            _ when member.Complaint == opened.Own => true,
            _ when member.State != MemberState.In || !opened.Facts.IsWith(member.Complaint, opened.Cases) => false,
            Party.Respondent => opened.Cases[member.Complaint].DeliveredAt is not null,
            _ => isWithin,
        };

    private static MemberShown Shown(JointMember member, JointOpened opened, IReadOnlyDictionary<Guid, string?> names)
    {
        var mine = member.Complaint == opened.Own;
        var known = mine || opened.Party != Party.Claimant;
        return new MemberShown(
            member.Complaint,
            known ? opened.Cases[member.Complaint].Number : null,
            names.GetValueOrDefault(member.Complaint),
            member.State,
            member.IsRepresentative,
            mine
        );
    }

    private static MatterShown Shown(
        JointMatter m,
        JointOpened opened,
        Joint joint,
        IReadOnlyList<StoryEvent<JointEvent>> story,
        IReadOnlyDictionary<Guid, string?> names
    )
    {
        var raised = story.FirstOrDefault(t => t.Version == m.Version)?.Event as JointEvent.MatterRaised;
        var bound = m.State == MatterState.Carried ? m.Concerned : joint.Bound(m, opened.Cases);
        var asked = opened.Own is { } own && m.IsOpen(opened.Now) && bound.Contains(own) && !m.Agreed.Contains(own);
        return new MatterShown(
            m.No,
            m.Kind,
            m.State,
            m.State == MatterState.Expired || (m.State == MatterState.Open && !m.IsOpen(opened.Now)),
            NameOf(m.By, names),
            raised?.Text,
            [.. m.Representatives.Select(id => NameOf(id, names))],
            [
                .. m
                    .Shares.Where(s => opened.Party != Party.Claimant || s.Complaint == opened.Own)
                    .Where(s => opened.Party == Party.Mediator || joint.IsWith(s.Complaint, opened.Cases))
                    .Select(s => new ShareShown(
                        opened.Cases.GetValueOrDefault(s.Complaint)?.Number,
                        ComplaintView.Money(s.Amount)
                    )),
            ],
            m.At,
            m.ExpiresAt,
            m.DueBy,
            bound.Count(id => m.Agreed.Contains(id)),
            bound.Count,
            asked
        );
    }

    private static string? NameOf(Guid? complaint, IReadOnlyDictionary<Guid, string?> names) =>
        complaint is { } id ? names.GetValueOrDefault(id) : null;

    /// <summary>What the caller can do now, in the words of the addresses.</summary>
    internal static List<string> Possible(JointOpened opened, Joint joint, bool formed)
    {
        var own = opened.Own is { } id ? joint.Of(id) : null;
        var quiet = !joint.Matters.Any(m => m.IsOpen(opened.Now));
        var stands = own is { State: MemberState.In } && joint.Standing(opened.Cases).Contains(own);
        // Reviewers read it.
        var isDesk = opened.Party == Party.Mediator && CaseSides.Desk.Roles.Contains(opened.Caller.Role);
        var speaks = own is { IsRepresentative: true } || opened.Party == Party.Respondent || isDesk;
        List<(string Word, bool Now)> all =
        [
            ("confirm", isDesk && !joint.IsConfirmed),
            ("invite", isDesk),
            ("join", own is { State: MemberState.Invited or MemberState.Out } && opened.Cases[own.Complaint].IsOpen),
            ("leave", own is { State: MemberState.Invited or MemberState.Asked or MemberState.In }),
            ("representatives", formed && quiet && (stands || isDesk)),
            ("waive", formed && quiet && stands && own is { IsRepresentative: true }),
            ("settle", formed && quiet && opened.Party == Party.Respondent),
            ("messages", formed && speaks && (stands || opened.Party != Party.Claimant)),
        ];
        return [.. all.Where(a => a.Now).Select(a => a.Word)];
    }
}
