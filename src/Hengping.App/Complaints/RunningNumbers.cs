using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.Complaints;

/// <summary>
/// The events of a case as one reader counts them: 1, 2, 3 … over those it may read. Versions of the stream would show
/// by their gaps that something happened which is not the reader's: a score, a hold, a review.
/// </summary>
public sealed class RunningNumbers
{
    private readonly List<int> versions;

    private RunningNumbers(IEnumerable<StoryEvent<ComplaintEvent>> readable) =>
        versions = [.. readable.Select(t => t.Version)];

    /// <summary>The numbers of a reader; none for one who may read no event.</summary>
    public static RunningNumbers Of(
        Party? reader,
        Complaint complaint,
        IReadOnlyList<StoryEvent<ComplaintEvent>> story
    ) => new(reader is { } party ? ShownEvent.Readable(party, complaint, story) : []);

    /// <summary>How many there are: what a reader has instead of the version.</summary>
    public int Count => versions.Count;

    /// <summary>The number of an event; 0 for one that is not the reader's.</summary>
    public int NumberOf(int version) => versions.IndexOf(version) + 1;

    /// <summary>The version of what a reader names by its number; 0 where there is none.</summary>
    public int VersionOf(int number) => number > 0 && number <= Count ? versions[number - 1] : 0;

    /// <summary>The version that somebody who acts in a case means by a number.</summary>
    public static async Task<int> VersionOf(Opened opened, int? number, CancellationToken ct)
    {
        if (opened.Party != Party.Respondent)
            return number ?? 0;
        var story = await opened.Store.ReadStory(ComplaintBook.Instance, opened.Id, ct);
        return Of(opened.Party, opened.Case, story).VersionOf(number ?? 0);
    }

    /// <summary>How many there are in each of some cases.</summary>
    public static async Task<IReadOnlyDictionary<Guid, int>> Counts(
        Store store,
        Caller caller,
        IReadOnlyList<Guid> cases,
        CancellationToken ct
    )
    {
        var rows = await store.Query<EventRow>(
            $"select {EventRow.Columns} from events where stream in @cases order by stream, version",
            new { cases },
            ct
        );
        return rows.GroupBy(row => row.Stream).ToDictionary(one => one.Key, one => CountOf(store, caller, one));
    }

    private static int CountOf(Store store, Caller caller, IEnumerable<EventRow> rows)
    {
        Complaint? complaint = null;
        var story = new List<StoryEvent<ComplaintEvent>>();
        foreach (var row in rows)
        {
            var happened = store.Decode<ComplaintEvent>(row.ToStored(), unseal: false);
            complaint = Complaint.Fold(complaint, happened, row.At, row.Author);
            story.Add(new StoryEvent<ComplaintEvent>((int)row.Version, happened, row.At, row.At, row.Author));
        }
        return Of(CaseAccess.PartyOf(complaint!, caller), complaint!, story).Count;
    }
}
