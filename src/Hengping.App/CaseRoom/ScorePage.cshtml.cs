using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Hengping.App.CaseRoom;

/// <summary>
/// 评分 by the one-time link of a message. Mail scanners open links: only sending the form scores, and opening it tells
/// no more of the case than its number, against whom it is, and whether the score counts.
/// </summary>
[EnableRateLimiting(Limits.Guessing)]
public sealed class ScorePage(Store store, OwnApi ownApi) : HousePage(store)
{
    private static readonly Refusal UsedUp = new(
        "score.link",
        "这个评分链接已用过或已失效。登录后可在“我的投诉”里评分或修改评分。",
        "This link was used or is no longer valid. Sign in to score, or to change your score."
    );

    [BindProperty(SupportsGet = true)]
    public string? Link { get; set; }

    [BindProperty]
    public string? Satisfaction { get; set; }

    [BindProperty]
    public string? Resolved { get; set; }

    [BindProperty]
    public string? AmountRecovered { get; set; }

    [BindProperty]
    public string? Comment { get; set; }

    /// <summary>The sum was looked at once more, and is right.</summary>
    [BindProperty]
    public bool More { get; set; }

    /// <summary>It is more than was in dispute, and nobody has said that it is right.</summary>
    public bool IsMore { get; private set; }

    /// <summary>The score was taken.</summary>
    public bool Thanked { get; private set; }

    /// <summary>Of its case; null where the link is none of it, or was used.</summary>
    public string? Number { get; private set; }

    /// <summary>Against whom the case is.</summary>
    public string Merchant { get; private set; } = "";

    /// <summary>The case, and so the score, counts in no rating.</summary>
    public bool IsExcluded { get; private set; }

    /// <summary>The fields, with what was chosen.</summary>
    public ScoreForm Form => new(Faults, Satisfaction, Resolved, AmountRecovered, IsMore, Comment, IsExcluded);

    public Task OnGet(Guid id) => LookAtCase(id);

    public async Task<IActionResult> OnPost(Guid id)
    {
        await LookAtCase(id);
        if (string.IsNullOrEmpty(Resolved))
        {
            if (string.IsNullOrEmpty(Satisfaction))
                Fault("satisfaction", Rules.Fields.Fault.Required);
            Fault("resolved", Rules.Fields.Fault.Required);
            return Again();
        }
        var body = new
        {
            satisfaction = Satisfaction,
            resolved = Resolved,
            amountRecovered = AmountRecovered,
            comment = Comment,
            link = Link,
            asksIfMore = !More,
        };
        var answer = await ownApi.Post(HttpContext, "/api/v1/complaints/{id}/score", new { id = $"{id:D}" }, body);
        Thanked = answer.Ok;
        if (Thanked)
            return Page();
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (answer.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status404NotFound)
            Fault("", UsedUp);
        else if (IsMore = answer.Code == Refusals.RecoveredMoreCode)
            Faults["amountRecovered"] = answer.Title ?? "";
        else if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        return Again();
    }

    private async Task LookAtCase(Guid id)
    {
        var found = (await Store.Load(ComplaintBook.Instance, id, Ct)).State;
        if (found is null || !OneTimeLink.Fits(ScoreComplaint.TokenOf(Store, id, found.Scores), Link ?? ""))
            return;
        (Number, IsExcluded) = (found.Number, found.Excluded is not null);
        Merchant = (await MerchantDirectory.Find(Store, found.Respondent, Ct))?.Name ?? "";
    }
}
