using Hengping.App.Merchants;
using Hengping.Rules.Fields;

namespace Hengping.App.Intake;

// Whom it is against: what stands there last is what is filed.
public sealed partial class FilePage
{
    /// <summary>Merchants of the name that was typed.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; private set; } = [];

    /// <summary>Nobody of the name that was looked up takes part here.</summary>
    public bool IsUnknown { get; private set; }

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

    // The only one that was found stands chosen where it is asked for, with "none of these" beside it.
    private void ChooseTheOnly()
    {
        if (Step == 1 && Form.RespondentId is null && Suggestions is [var only])
            Form.RespondentId = only.Id;
    }

    private async Task Suggest()
    {
        if (Step != 1 || string.IsNullOrWhiteSpace(Form.RespondentName))
            return;
        var found = await MerchantSearch.Find(Store, Form.RespondentName, Intake.Suggestions.Max, Me, Ct);
        Suggestions = await Intake.Suggestions.Rated(Store, found, Side, Ct);
    }
}
