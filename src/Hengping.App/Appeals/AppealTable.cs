using Hengping.App.Design.Parts;
using Hengping.App.Measures;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Appeals;
using Hengping.Rules.Measures;

namespace Hengping.App.Appeals;

/// <summary>A row of appeals as pages show it: enough to decide whether to open it.</summary>
/// <param name="Words">What it says first; null where nothing is, and of a person's for whoever decides.</param>
public sealed record AppealRow(ListAppeals.Item Item, string Target, Measure? Measure, string? Words)
{
    private const int WordsMax = 60;

    /// <summary>Whose turn it is; null where nothing waits.</summary>
    public TurnLine? Turn { get; init; }

    /// <summary>The row of one of a list.</summary>
    public static async Task<AppealRow> Of(Store store, Caller me, ListAppeals.Item item, CancellationToken ct)
    {
        var target = (await AppealLooks.Target(store, item.Target, ct)).Name;
        var measure =
            item.Target.Kind == AppealTargetKind.Measure
                ? (await store.Load(MeasureBook.Instance, item.Target.Id, ct)).State
                : null;
        var isOwn = me.Role is Role.Merchant or Role.Claimant;
        // A person's words are opened one by one.
        var words = isOwn || item.Merchant is not null ? await WordsOf(store, item, isOwn, ct) : null;
        return new AppealRow(item, target, measure, words);
    }

    // What was sent; a draft is its writer's own.
    private static async Task<string?> WordsOf(Store store, ListAppeals.Item item, bool isOwn, CancellationToken ct)
    {
        var story = (await store.ReadStory(AppealBook.Instance, item.Id, ct)).Select(one => one.Event).ToList();
        var sent = story.OfType<AppealEvent.Submitted>().LastOrDefault()?.Version ?? 0;
        var plan = story.OfType<AppealEvent.Saved>().LastOrDefault(saved => isOwn || saved.Version <= sent)?.Plan;
        var said = plan?.Statements is [var first, ..] ? first.Text.ReplaceLineEndings(" ") : null;
        return said?.Length > WordsMax ? said[..WordsMax].TrimEnd() + "…" : said;
    }
}

/// <summary>Rows of appeals.</summary>
/// <param name="IsDesk">For whoever decides: who appeals stands there too.</param>
public sealed record AppealTable(IReadOnlyList<AppealRow> Rows, DateTimeOffset Now, bool IsDesk);
