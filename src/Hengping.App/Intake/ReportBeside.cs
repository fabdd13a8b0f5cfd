using System.Text.Json;
using Hengping.App.Clocks;
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

    /// <summary>The change that files it beside the complaint.</summary>
    /// <param name="respondent">Whom the complaint is against; it may be added in the same commit.</param>
    /// <param name="redraw">The number that follows from the key is taken.</param>
    public static async Task<(ReportBeside Receipt, Change Change)> With(
        HttpContext http,
        ReportDraft draft,
        Guid respondent,
        Caller caller,
        Store store,
        Law law,
        bool redraw,
        CancellationToken ct
    )
    {
        var (key, _, _) = await Once.KeyOf(http);
        // Where the number is taken already, an answer of more than a day ago was forgotten: then another is drawn.
        var number =
            key is null || redraw
                ? ReportKeys.NewNumber()
                : ReportKeys.NumberOf(store, await ReportKeys.SeedOf(http, caller, key));
        var name = (await MerchantDirectory.Find(store, respondent, ct))?.Name ?? draft.RespondentName;
        var whole = draft with { RespondentName = name };
        var named = draft.IsAnonymous ? null : caller;
        var change = await FileReport.ChangeOf(store, law, number, whole, respondent, named, [], ct);
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
