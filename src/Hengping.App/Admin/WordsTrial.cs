using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Screening;

namespace Hengping.App.Admin;

/// <summary>A phrase, and how many of the tried cases it marks.</summary>
public sealed record PhraseCount(string Phrase, ScreeningKind Kind, int Cases);

/// <summary>
/// 试算: what a list would mark among the last filed cases. Only counts leave it: nobody reads a story for this.
/// </summary>
/// <param name="Cases">Cases whose words can still be read; imports were never screened and are not among them.</param>
/// <param name="InForce">Cases the list in force marks.</param>
/// <param name="Typed">Cases the tried list marks.</param>
/// <param name="Most">The phrases of the tried list that mark most cases, the most first.</param>
public sealed record WordsTrial(int Cases, int InForce, int Typed, IReadOnlyList<PhraseCount> Most)
{
    /// <summary>How many of the last filed cases are read at most.</summary>
    public const int CasesMax = 2_000;

    private const int MostShown = 8;

    private sealed record Row(Guid Stream, string Kind, byte[] Body);

    /// <summary>Share of the cases that the tried list marks, 0..1.</summary>
    public decimal Share => Cases == 0 ? 0 : (decimal)Typed / Cases;

    /// <summary>More than people will look at with care.</summary>
    public bool IsBroad => Share > ScreeningDraft.ShareMax;

    /// <summary>Tries a list.</summary>
    public static async Task<WordsTrial> Of(
        Store store,
        ScreeningList inForce,
        ScreeningList typed,
        CancellationToken ct
    )
    {
        var rows = await store.Query<Row>(
            """
            select e.stream as Stream, e.kind as Kind, e.body as Body
            from complaints c join events e on e.stream = c.id and e.version = 1
            where c.imported is null order by c.filed_at desc limit @max
            """,
            new { max = CasesMax },
            ct
        );
        var (cases, before, after) = (0, 0, 0);
        var most = new Dictionary<(string Phrase, ScreeningKind Kind), int>();
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            if (StoryOf(store, row) is not { } story)
                continue;
            cases++;
            before += inForce.Marks(story) ? 1 : 0;
            var hits = typed.Read(story);
            after += hits.Count > 0 ? 1 : 0;
            foreach (var said in hits.Select(h => (PhraseAt(typed, story, h), h.Kind)).Distinct())
                most[said] = most.GetValueOrDefault(said) + 1;
        }
        var shown = most.OrderByDescending(m => m.Value).ThenBy(m => m.Key.Phrase, StringComparer.Ordinal);
        return new WordsTrial(
            cases,
            before,
            after,
            [.. shown.Take(MostShown).Select(m => new PhraseCount(m.Key.Phrase, m.Key.Kind, m.Value))]
        );
    }

    // The phrase as the list writes it, not as somebody typed it in capitals.
    private static string PhraseAt(ScreeningList list, string story, ScreeningHit hit)
    {
        var said = story.Substring(hit.Start, hit.Length);
        return list.Of(hit.Kind).First(phrase => phrase.Equals(said, StringComparison.OrdinalIgnoreCase));
    }

    private static string? StoryOf(Store store, Row row)
    {
        var stored = new StoredEvent(0, row.Stream, 1, row.Kind, default, default, "", 0, row.Body, []);
        return store.Decode<ComplaintEvent>(stored, unseal: true) is ComplaintEvent.Filed { Story.Text: { } text }
            ? text
            : null;
    }
}
