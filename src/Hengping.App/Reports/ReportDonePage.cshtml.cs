using Hengping.App.Design;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Reports;

/// <summary>举报回执: number and code, once. Reading it takes it out of the reader's cookie.</summary>
public sealed class ReportDonePage(Store store) : HousePage(store)
{
    /// <summary>Null when it was shown already.</summary>
    public ReportPair? Pair { get; private set; }

    public DateTimeOffset? Due { get; private set; }

    /// <summary>It was added to a report made before.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Merged { get; set; }

    public async Task<IActionResult> OnGet()
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        Response.Headers.Pragma = "no-cache";
        Response.Headers["X-Robots-Tag"] = "noindex";
        Pair = ReportPair.TakeFrom(TempData[ReportPage.ReceiptKey]);
        if (Pair is { } pair && await ReportBook.Find(Store, pair.Number, Ct) is var id)
        {
            var report = (await Store.Load(ReportBook.Instance, id, Ct)).State;
            Due = report?.NoteOf("verify")?.Provisional == true ? null : report?.FirstVerifyBy;
        }
        return Page();
    }
}

/// <summary>Number and code together.</summary>
public sealed record ReportPair(string Number, string Code)
{
    /// <summary>As it travels to the next page.</summary>
    public override string ToString() => $"{Number}|{Code}";

    /// <summary>As it came there; null where there is none.</summary>
    public static ReportPair? TakeFrom(object? kept) =>
        kept is string text && text.Split('|') is [var number, var code] ? new ReportPair(number, code) : null;
}
