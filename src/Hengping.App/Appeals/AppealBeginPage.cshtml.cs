using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.App.Measures;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Appeals;

/// <summary>申诉的开头: what it is against, until when, and who will decide. It begins a draft.</summary>
public sealed class AppealBeginPage(Store store, Law law, OwnApi ownApi) : HousePage(store)
{
    public ShownTarget Target { get; private set; } = new("", null);

    /// <summary>The measure it is against; null where it is a report.</summary>
    public MeasureView? Measure { get; private set; }
    public AppealWindow Window { get; private set; } = new(default, default);
    public string Kind { get; private set; } = "";
    public Guid Id { get; private set; }
    public string? LateReason { get; private set; }
    public bool IsReport => Kind == Words.Of(AppealTargetKind.Report);

    /// <summary>The seven days are over.</summary>
    public bool IsLate => Now > Window.InTime;

    public async Task<IActionResult> OnGet(Guid? measure, Guid? report)
    {
        if (Me is null)
            return ToSignIn();
        var kind = report is null ? AppealTargetKind.Measure : AppealTargetKind.Report;
        return await Open(Words.Of(kind), report ?? measure ?? Guid.Empty) ?? Page();
    }

    public async Task<IActionResult> OnPost(string? kind, Guid id, string? lateReason)
    {
        if (Me is null)
            return ToSignIn();
        if (await Open(kind, id) is { } instead)
            return instead;
        LateReason = lateReason;
        var body = new AppealRequest
        {
            Target = new TargetSaid(Kind, id),
            LateReason = lateReason,
            Draft = true,
        };
        var answer = await ownApi.Post(HttpContext, "/api/v1/appeals", new { }, body);
        if (answer.Ok)
            return Redirect($"/appeals/{answer.Body.GetProperty("id").GetGuid():D}/write");
        foreach (var (field, said) in answer.Errors)
            Faults.TryAdd(field, said);
        if (Faults.Count == 0)
            Faults[""] = answer.Title ?? "";
        return Again();
    }

    // Null where it is to be begun.
    private async Task<IActionResult?> Open(string? kind, Guid id)
    {
        if (!ownApi.May(HttpMethods.Post, "/api/v1/appeals", Me!.Role))
            return Forbid();
        if (PlanDraft.Parse<AppealTargetKind>(kind) is not { } known)
            return NotFound();
        var target = new AppealTarget(known, id);
        if (await AppealTargets.Find(Store, target, Me, Ct) is not { } found)
            return NotFound();
        if (await AppealBook.Against(Store, found.Facts, Ct) is { } there)
            return Redirect($"/appeals/{there:D}");
        (Kind, Id, Target) = (Words.Of(known), id, await AppealLooks.Target(Store, target, Ct));
        if (known == AppealTargetKind.Measure)
            Measure = await ShowMeasure.Read(Store, law, id, Me, Ct);
        Window = AppealOpened.WindowOf(law, found.Facts.ToldAt);
        return null;
    }
}
