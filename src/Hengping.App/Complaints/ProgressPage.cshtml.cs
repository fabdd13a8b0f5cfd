using System.Text.Json;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Hengping.App.Complaints;

/// <summary>What anyone with number and phone may know of a case.</summary>
public sealed record PublicProgress(
    string Number,
    Status Status,
    string Help,
    DateTimeOffset FiledAt,
    DateTimeOffset? DeliveredAt,
    IReadOnlyList<NamedDeadline> Due
);

/// <summary>查进度: number and last four digits; one answer for every wrong pair.</summary>
[EnableRateLimiting(Limits.Guessing)]
public sealed class ProgressPage(Store store, OwnApi ownApi) : HousePage(store)
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty]
    public string PhoneLast4 { get; set; } = "";

    public PublicProgress? Found { get; private set; }

    public async Task<IActionResult> OnPost()
    {
        var body = new { number = Number, phoneLast4 = PhoneLast4 };
        var answer = await ownApi.Post(HttpContext, "/api/v1/progress", new { }, body);
        if (answer.Ok)
        {
            Found = Read(answer.Body);
            return Page();
        }
        Faults[""] = answer.Title ?? "";
        Response.StatusCode = answer.Status;
        return Page();
    }

    private static PublicProgress Read(JsonElement body)
    {
        var due = new List<NamedDeadline>();
        if (body.TryGetProperty("deadlines", out var deadlines))
            foreach (var one in deadlines.EnumerateArray())
                due.Add(NamedDeadline.Of(one.Deserialize<ShownDeadline>(Cli.JsonFormat)!));
        return new PublicProgress(
            body.GetProperty("number").GetString()!,
            Words.Parse<Status>(body.GetProperty("status").GetString()) ?? Status.Filed,
            body.GetProperty("help").GetString()!,
            body.GetProperty("filedAt").GetDateTimeOffset(),
            body.TryGetProperty("deliveredAt", out var at) && at.ValueKind == JsonValueKind.String
                ? at.GetDateTimeOffset()
                : null,
            due
        );
    }
}
