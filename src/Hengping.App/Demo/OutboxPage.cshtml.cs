using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Hengping.App.Design;
using Hengping.App.Platform;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.Demo;

/// <summary>What the site would have sent: only where everything is made up.</summary>
public sealed partial class OutboxPage(Store store, Templates templates, HtmlEncoder encoder) : HousePage(store)
{
    private const int Shown = 60;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Letter> Letters { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        if (!Looks.Demo(HttpContext))
            return NotFound();
        Letters = await Outbox.Newest(Store, Shown, Ct);
        return Page();
    }

    /// <summary>The text, its address a link.</summary>
    public IHtmlContent Linked(Letter letter) =>
        new HtmlString(Address().Replace(encoder.Encode(templates.Render(letter)), "<a href=\"$1\">$0</a>"));

    [GeneratedRegex(@"(?:https?://[^/\s]+)?(/[\w/.~?=&;%-]+)", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Address();
}
