using System.Collections.Concurrent;
using System.Globalization;
using Dapper;
using Hengping.App.Platform;

namespace Hengping.App.Notices;

/// <summary>
/// In which language somebody is written to: the one they last did something in, where their browser said one. A
/// merchant is written to in that of its people.
/// </summary>
public static class ReaderLanguages
{
    /// <summary>Where nothing is known.</summary>
    private const string Usual = "zh";

    // Whoever acts again and again in one language is not looked up each time.
    private const long KnownMs = 5_000;
    private const int KnownMax = 20_000;

    /// <summary>Looks at whoever acts.</summary>
    public static void UseReaderLanguages(this WebApplication app)
    {
        var known = new ConcurrentDictionary<Guid, (string Language, long At)>();
        app.Use(
            async (http, next) =>
            {
                if (HttpMethods.IsPost(http.Request.Method) && IsSaid(http.Request))
                    if (Caller.Of(http.User) is { } caller && !IsKnown(caller))
                        await Remember(http.RequestServices.GetRequiredService<Store>(), caller, http.RequestAborted);
                await next(http);
            }
        );

        // False too where it was known too long ago: it is from now on.
        bool IsKnown(Caller caller)
        {
            var now = Environment.TickCount64;
            if (known.TryGetValue(caller.Account, out var last) && last.Language == Spoken && now - last.At < KnownMs)
                return true;
            if (known.Count >= KnownMax)
                known.Clear();
            known[caller.Account] = (Spoken, now);
            return false;
        }
    }

    private static string Spoken => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : Usual;

    // A program that says no language has none; it does not make its person's Chinese.
    private static bool IsSaid(HttpRequest request) =>
        request.Query.ContainsKey("lang")
        || request.Cookies.ContainsKey(Headers.LanguageCookie)
        || request.Headers.AcceptLanguage.Count > 0;

    private static async Task Remember(Store store, Caller caller, CancellationToken ct)
    {
        var language = Spoken;
        var readers = caller.Merchant is { } merchant ? new[] { caller.Account, merchant } : [caller.Account];
        var known = await store.Query<string>(
            "select language from reader_languages where reader in @readers",
            new { readers },
            ct
        );
        // Almost always nothing is to be written: whoever acts never waits for the writer twice.
        if (language == Usual ? known.All(l => l == Usual) : known.Count(l => l == language) == readers.Length)
            return;
        await store.Write(
            (db, transaction) =>
                db.ExecuteAsync(
                    """
                    insert into reader_languages (reader, language) values (@reader, @language)
                    on conflict (reader) do update set language = excluded.language
                    """,
                    readers.Select(reader => new { reader, language }),
                    transaction
                ),
            ct
        );
    }
}
