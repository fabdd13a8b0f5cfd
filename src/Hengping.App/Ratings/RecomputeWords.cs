using System.Text.Encodings.Web;
using System.Text.Json;
using Hengping.App.Design;

namespace Hengping.App.Ratings;

/// <summary>What the recomputing script says, in the reader's language: one JSON object in an attribute.</summary>
public static class RecomputeWords
{
    private static readonly string[] Said =
    [
        "ok",
        "bad",
        "first",
        "differs",
        "place",
        "drawn",
        "stray",
        "missing",
        "basis",
        "digest",
        "list",
        "same",
        "other",
        "unhashed",
        "broken",
        "failed",
    ];

    private static readonly string[] Shown =
    [
        "grade.recommended",
        "grade.cautious",
        "grade.notRecommended",
        "grade.unrated",
        "note.notEnrolled",
        "note.noContact",
        "note.scoresWait",
        "note.nobodyScored",
        "note.notDistinguishable",
    ];

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The object: sentences by their last word, and the words of the table as it writes them.</summary>
    /// <param name="isTelling">Whether the rows of this list say a note.</param>
    public static string Json(Func<string, bool> isTelling)
    {
        var words = Said.ToDictionary(key => key, key => Texts.T("recompute.say." + key), StringComparer.Ordinal);
        const string note = "note.";
        foreach (
            var key in Shown.Where(k => !k.StartsWith(note, StringComparison.Ordinal) || isTelling(k[note.Length..]))
        )
            words.Add(key, Texts.T(key));
        words.Add("pending", Texts.T("ratings.pending"));
        words.Add("without", Texts.T("ratings.without"));
        return JsonSerializer.Serialize(words, Plain);
    }
}
