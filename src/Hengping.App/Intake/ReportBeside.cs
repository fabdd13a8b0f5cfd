using System.Text.Json;
using Hengping.App.Complaints;
using Hengping.App.Merchants;
using Hengping.App.Platform;
using Hengping.App.Reports;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;

namespace Hengping.App.Intake;

/// <summary>
/// A report filed with a complaint: the same commit, so that there are both or neither, and nothing in either that
/// names the other. The kept answer of the complaint says nothing of it; it is made whole again from the call itself.
/// </summary>
public sealed record ReportBeside(string Number, string Code)
{
    private const string Prefix = "report.";

    /// <summary>The answer to the filing, with this in it.</summary>
    public IResult In(Receipt receipt, string? location) =>
        new StoredAnswer(
            StatusCodes.Status201Created,
            JsonSerializer.SerializeToUtf8Bytes(receipt with { Report = this }, Cli.JsonFormat),
            location
        );

    /// <summary>The report of a filing, checked; null where there is none.</summary>
    public static ReportDraft? Check(FilingRequest request, FieldFaults faults) =>
        request.Report is not { } said
            ? null
            : Report.Check(
                new ReportDraft(
                    said.Breach,
                    said.Text,
                    said.Anonymous != false,
                    request.Respondent?.Name,
                    request.Contact?.Name,
                    request.Contact?.Phone
                ),
                Taxonomies.Taxonomies.Current.BreachCodes,
                faults,
                Prefix
            );

    /// <summary>The change that files it beside the complaint; null where there is none.</summary>
    public static async Task<(ReportBeside Beside, Change Change)?> Of(
        FilingDesk desk,
        Brought brought,
        Asked asked,
        CancellationToken ct
    )
    {
        if (asked.Report is not { } draft)
            return null;
        var (store, caller) = (desk.Store, brought.Caller);
        var (key, _, _) = await Idempotency.KeyOf(desk.Http);
        // Where the number is taken already, an answer of more than a day ago was forgotten: then another is drawn.
        var number =
            key is null || brought.DrawsReport
                ? ReportKeys.NewNumber()
                : ReportKeys.NumberOf(store, await ReportKeys.SeedOf(desk.Http, caller, key));
        // The entry may be added in the same commit.
        var name = (await MerchantDirectory.Find(store, asked.Respondent, ct))?.Name ?? draft.RespondentName;
        var whole = draft with { RespondentName = name, Respondent = asked.Respondent };
        var sending = new FileReport.Sending(whole, draft.IsAnonymous ? null : caller);
        var change = await FileReport.ChangeOf(store, desk.Law, number, sending, ct);
        return (new ReportBeside(number, ReportKeys.CodeOf(store, number)), change);
    }

    /// <summary>The first answer to a filing again, with the report that came with it.</summary>
    public static async Task<IResult> AnswerAgain(HttpContext http, Idempotent first)
    {
        var kept = new StoredAnswer(first.Status, first.Answer, first.Location);
        var store = http.RequestServices.GetRequiredService<Store>();
        http.Request.Body.Position = 0;
        var (request, _) = await Body.Read<FilingRequest>(http, http.RequestAborted);
        if (request.Report is null || first.Status != StatusCodes.Status201Created)
            return kept;
        var receipt = JsonSerializer.Deserialize<Receipt>(first.Answer, Cli.JsonFormat)!;
        var seed = await ReportKeys.SeedOf(http, Caller.Of(http.User), first.Key);
        var number = ReportKeys.NumberOf(store, seed);
        return new ReportBeside(number, ReportKeys.CodeOf(store, number)).In(receipt, first.Location);
    }
}
