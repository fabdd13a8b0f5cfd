using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Ratings;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;
using Hengping.Rules.Ratings;

namespace Hengping.App.Intake;

/// <summary>A merchant one may mean, with its numbers of the year to date where there are enough.</summary>
public sealed record Suggestion(Guid Id, string Name, RatingRow? Row);

// Whom it is against: what stands there last is what is filed.
public sealed partial class FilePage
{
    private const int SuggestionsMax = 6;

    /// <summary>Merchants of the name that was typed.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; private set; } = [];

    /// <summary>The merchants to choose from were those of another name than the one that stands there now.</summary>
    private bool IsShownForAnother =>
        Request.Form["shownFor"].ToString() is { Length: > 0 } shown && shown.Trim() != Form.RespondentName?.Trim();

    // What was chosen for one name is no choice for another.
    private async Task<bool> IsRenamed() =>
        Step == 1
        && IsShownForAnother
        && Form.RespondentId is { } id
        && FoldedName.Of((await MerchantDirectory.Find(Store, id, Ct))?.Name) != FoldedName.Of(Form.RespondentName);

    // One of the name that stands there, however it is written, needs no question; several, or none, do.
    private Guid? Meant()
    {
        var folded = FoldedName.Of(Form.RespondentName);
        var same = Suggestions.Where(s => FoldedName.Of(s.Name) == folded).ToList();
        var meant = same.Count == 1 ? same[0] : same.FirstOrDefault(s => s.Name == Form.RespondentName?.Trim());
        return meant?.Id;
    }

    private async Task Suggest()
    {
        if (Step != 1 || string.IsNullOrWhiteSpace(Form.RespondentName))
            return;
        var found = await MerchantSearch.Find(Store, Form.RespondentName, SuggestionsMax, Me, Ct);
        var merchants = await RatedMerchants.Read(Store, sector: null, asOf: null, Ct);
        var asked = ListRequest
            .Parse(Periods.Year(Now), sector: null, side: null, policy: null, Unscored.Zero, Now)
            .Event!;
        var suggestions = new List<Suggestion>();
        foreach (var merchant in found.Where(m => Side == Side.Consumer || m.Platform))
        {
            var (tally, _) = await LiveLists.OfMerchant(Store, asked, merchants, merchant.Id, Ct);
            var rated = tally.Valid >= Policy.MinimumValid;
            var row = rated ? RatingList.RowOf(tally, merchants[merchant.Id], asked.Policy) : null;
            suggestions.Add(new Suggestion(merchant.Id, merchant.Name, row));
        }
        Suggestions = suggestions;
    }
}
