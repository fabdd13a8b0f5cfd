using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Hengping.Tests.Harness;

/// <summary>What a page answered to a form.</summary>
public sealed record FormAnswer(int Status, string Body, string? Location);

/// <summary>Forms of pages as a browser without script sends them.</summary>
public static partial class Forms
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Opens a page, fills one of its forms, sends it, and looks at the page it is answered with.</summary>
    public static async Task<FormAnswer> Send(
        this HttpClient browser,
        string path,
        string handler,
        params (string Name, string? Value)[] fields
    )
    {
        using var got = await browser.GetAsync(path, Ct);
        // A page that is shut, or sends whoever asks to another, has no form: any page's token will do.
        var page = got.IsSuccessStatusCode
            ? await got.Content.ReadAsStringAsync(Ct)
            : await browser.GetStringAsync("/signin", Ct);
        var form = fields.ToDictionary(field => field.Name, field => field.Value ?? "", StringComparer.Ordinal);
        form["__RequestVerificationToken"] = TokenOf(page);
        var separator = path.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        var target = handler.Length == 0 ? path : $"{path}{separator}handler={handler}";
        using var answer = await browser.ByHand(target, new FormUrlEncodedContent(form));
        using var shown = await browser.Shown(answer);
        var body = await shown.Content.ReadAsStringAsync(Ct);
        return new FormAnswer((int)shown.StatusCode, body, shown.Headers.Location?.ToString());
    }

    /// <summary>Sends a form as a browser does where somebody presses its button.</summary>
    /// <param name="from">What the browser says of the page it came from.</param>
    public static async Task<HttpResponseMessage> ByHand(
        this HttpClient browser,
        string target,
        HttpContent form,
        string? from = "same-origin"
    )
    {
        using var asked = new HttpRequestMessage(HttpMethod.Post, target) { Content = form };
        asked.Headers.Accept.ParseAdd("text/html");
        if (from is not null)
            asked.Headers.Add("Sec-Fetch-Site", from);
        return await browser.SendAsync(asked, Ct);
    }

    /// <summary>What a browser shows then: the page it is sent to, where that is the form's own answer.</summary>
    public static async Task<HttpResponseMessage> Shown(this HttpClient browser, HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.SeeOther ? await browser.GetAsync(answer.Headers.Location, Ct) : answer;

    /// <summary>What a page's forms prove themselves by.</summary>
    public static string TokenOf(string page) => WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value);

    /// <summary>The value of a hidden field.</summary>
    public static string Hidden(string page, string name) =>
        WebUtility.HtmlDecode(Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]*)\"")]
    private static partial Regex Token();
}
