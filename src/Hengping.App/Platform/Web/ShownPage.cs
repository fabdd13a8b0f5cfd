using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Hengping.App.Platform;

/// <summary>One field of a form as it came.</summary>
public sealed record TypedField(string Name, string Value);

/// <summary>
/// What a form that was sent is shown as: the page it was answered with, or, where nothing was done yet, what was
/// typed alone.
/// </summary>
/// <param name="Who">Whom it was shown to: <see cref="WhoAsks"/>; "" for somebody who had not signed in.</param>
/// <param name="Language">Of the page.</param>
/// <param name="Action">Where the form was sent to: path, and <c>?handler=</c> where one was named.</param>
/// <param name="Typed">Without passwords and the form's own token.</param>
/// <param name="LeftOut">Something that was sent is not in it: files, a password.</param>
public sealed record ShownPage(
    string Who,
    string Language,
    string Action,
    IReadOnlyList<TypedField> Typed,
    bool LeftOut
)
{
    // Typed anew each time: not for anybody to find, however it is kept.
    private static readonly string[] Secrets = ["password", "fresh", "smsKey"];
    private static readonly string[] NotOfAddress = ["handler", BodyPasses.Field, ShownPages.Field, Step];
    private static readonly string[] OfPage = ["Retry-After", "Referrer-Policy", "X-Robots-Tag"];

    /// <summary>The page as it was made; null where the form has to be sent once more.</summary>
    public string? Page { get; init; }

    /// <summary>Its status.</summary>
    public int Status { get; init; }

    /// <summary>What it says beside its text.</summary>
    public IReadOnlyList<TypedField> Headers { get; init; } = [];

    /// <summary>It is shown once.</summary>
    public bool Once { get; init; }

    /// <summary>Which step of a form with several it shows.</summary>
    public int? At { get; init; }

    /// <summary>Where the step stands in the address.</summary>
    public const string Step = "step";

    /// <summary>A field whose value is typed anew each time, and written into no page.</summary>
    public static bool IsSecret(string name) =>
        Secrets.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>A form as it was sent, in the language of the request.</summary>
    public static ShownPage Of(HttpContext http, IFormCollection form)
    {
        var typed = form.Where(field => field.Key != FormKey.TokenField && !IsSecret(field.Key))
            .SelectMany(field => field.Value.Select(value => new TypedField(field.Key, value ?? "")));
        var handler = http.Request.Query["handler"].ToString();
        var isLess = form.Files.Any(file => file.Length > 0) || form.Keys.Any(IsSecret);
        return new ShownPage(
            WhoAsks(http),
            CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            http.Request.Path + (handler.Length > 0 ? "?handler=" + Uri.EscapeDataString(handler) : ""),
            [.. typed],
            isLess
        );
    }

    /// <summary>The page that a form was answered with, as the answer says it.</summary>
    public ShownPage With(string page, HttpResponse answer) =>
        this with
        {
            Page = page,
            Status = answer.StatusCode,
            Headers =
            [
                .. OfPage
                    .Where(name => answer.Headers.ContainsKey(name))
                    .Select(name => new TypedField(name, answer.Headers[name].ToString())),
            ],
        };

    /// <summary>Who asks, with all that decides what they see.</summary>
    public static string WhoAsks(HttpContext http) =>
        Caller.Of(http.User) is { } me
            ? $"{me.Account:N} {me.Role} {me.Merchant:N} {me.Team} {string.Join(',', me.Shops ?? [])}"
            : "";

    /// <summary>An address as it was before a form was sent from it.</summary>
    public static QueryString Without(QueryString query)
    {
        var kept = QueryHelpers.ParseQuery(query.Value);
        kept.Remove(ShownPages.Field);
        kept.Remove(Step);
        return QueryString.Create(kept.Select(one => new KeyValuePair<string, StringValues>(one.Key, one.Value)));
    }

    /// <summary>The query of the address that a browser is sent to: what it came by, with the page's own key.</summary>
    /// <param name="key">Null for the address without one.</param>
    /// <param name="at">A step.</param>
    public static QueryString QueryOf(HttpRequest request, string? key, int? at = null)
    {
        var kept = QueryHelpers.ParseQuery(request.QueryString.Value);
        foreach (var name in NotOfAddress)
            kept.Remove(name);
        if (at is { } step)
            kept[Step] = step.ToString(CultureInfo.InvariantCulture);
        if (key is not null)
            kept[ShownPages.Field] = key;
        return QueryString.Create(kept.Select(one => new KeyValuePair<string, StringValues>(one.Key, one.Value)));
    }
}

/// <summary>
/// A form is shown again with what was typed, for a page of this request to fill itself with; else its fields are
/// filled in where they stand.
/// </summary>
public sealed class TypedForm(ShownPage shown)
{
    /// <summary>What is shown again.</summary>
    public ShownPage Shown => shown;

    /// <summary>Nothing was done with it yet: it has to be sent once more.</summary>
    public bool IsStale => shown.Page is null;

    /// <summary>The page took it and shows it itself.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>The fields, for a page that shows them itself.</summary>
    public IFormCollection Take()
    {
        IsTaken = true;
        return new FormCollection(
            shown
                .Typed.GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(
                    field => field.Key,
                    field => new StringValues([.. field.Select(one => one.Value)]),
                    StringComparer.OrdinalIgnoreCase
                )
        );
    }
}
