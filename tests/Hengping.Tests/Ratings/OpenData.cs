using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.Rules.Ratings;
using Shouldly;

namespace Hengping.Tests.Ratings;

/// <summary>What lies beside a published list, as anyone has it.</summary>
internal static class OpenData
{
    /// <summary>Recomputes a list from its files; null where everything holds.</summary>
    public static Difference? Verify(string data, ListEvent.Published list)
    {
        var pack = OpenFiles.PackOf(data, list.CaseFile);
        if (!File.Exists(pack))
        {
            using var cases = new StreamReader(OpenFiles.CasesOf(data, list.CaseFile));
            return Verification.Verify(list.Json, cases);
        }
        var files = OpenFiles.All(pack).ToDictionary(file => file.Name, file => file.Bytes);
        return Verification.Verify(
            list.Json,
            new GivenTables(
                files["answers.csv"],
                files["scores.csv"],
                files["described.csv"],
                files["outcomes.csv"],
                TableDigests.Sha(File.ReadAllBytes(pack))
            )
        );
    }
}

/// <summary>A list as it was published before format 2: its case file tells each case with its score.</summary>
internal static class OldList
{
    public static async Task<ListEvent.Published> Publish(Store store, ListRequest asked, CancellationToken ct)
    {
        var (now, cases, merchants) = await ExactLists.Frozen(store, asked, store.Now, ct);
        var sums = new MerchantTable();
        sums.AddCases(CaseColumns.Of([.. cases.Select(c => c.Case)], sums), asked.Period, now.AsOf);
        var list = RatingList.Compute(
            asked.Period,
            asked.Sector,
            asked.Side,
            asked.Policy,
            now.AsOf,
            sums,
            id => merchants[id],
            format: 1
        );
        using var digests = new CaseFile.Digests();
        foreach (var (one, _) in cases)
            digests.Add(one, now.AsOf);
        var (digest, all) = digests.Finish();
        var text = string.Concat(
            cases.Select(c => CaseFile.Line(c.Case, c.Words) + "\n").Prepend(CaseFile.Header + "\n")
        );
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var file = TableDigests.Sha(bytes);
        Directory.CreateDirectory(Path.Combine(store.Place.Data, "open"));
        await File.WriteAllBytesAsync(OpenFiles.CasesOf(store.Place.Data, file), bytes, ct);
        var json = new PublishedList(list, 1, 1, null, digest, file, null, CasesDigest: all).ToJson();
        var hash = System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("hash").GetString()!;
        var published = new ListEvent.Published(
            list.Period,
            list.Sector,
            list.Side,
            list.Policy.Version,
            1,
            null,
            list.AsOf,
            file,
            null,
            hash,
            json
        );
        var from = await store.Load(ListBook.Instance, ListBook.IdOf(asked), ct);
        var change = store.Change(ListBook.Instance, from, store.Now, "cli", [published]);
        (await store.Append(new Commit([change]), ct)).ShouldBeOfType<Outcome.Done>();
        return published;
    }
}
