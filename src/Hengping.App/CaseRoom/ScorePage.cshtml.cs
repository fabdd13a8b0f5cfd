using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Hengping.App.CaseRoom;

/// <summary>
/// 评分 by the one-time link of a message. Opening it shows an empty form and tells nothing of the case: mail scanners
/// open links, so only sending the form scores.
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

    public async Task<IActionResult> OnPost(Guid id)
    {
        if (string.IsNullOrEmpty(Resolved))
        {
            Fault("resolved", Rules.Fields.Fault.Required);
            if (string.IsNullOrEmpty(Satisfaction))
                Fault("satisfaction", Rules.Fields.Fault.Required);
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
}
