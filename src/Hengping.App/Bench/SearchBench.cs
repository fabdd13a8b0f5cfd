using System.Globalization;
using System.Text;
using Hengping.App.Complaints;
using Hengping.App.Platform;
using Hengping.Rules.Accounts;
using Hengping.Rules.Complaints;

namespace Hengping.App.Bench;

/// <summary>
/// Words of cases, looked for by staff over HTTP: whether all is found that a scan finds, how long each class of words
/// takes, and how many answers a second come with a filter by status. The yardstick is the same list without words.
/// </summary>
internal static class SearchBench
{
    private const int Cases = 20_000;

    private const int Connections = 8;
    private const int Found = 20;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ClassFor = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LoadFor = TimeSpan.FromSeconds(6);

    private sealed record Said(Guid Id, string Status, Guid Respondent, string Name)
    {
        public string Words { get; set; } = "";
    }

    /// <summary>Words of one class, and the list they are looked for in.</summary>
    private sealed record Kind(string Name, IReadOnlyList<ListComplaints.Wanted> Asked);

    /// <summary>Runs it.</summary>
    public static async Task<BenchResult> Run(House house, string? postgres, CancellationToken ct)
    {
        await using var place = await BenchPlace.Create(house, postgres, ct);
        var notes = new Dictionary<string, string>(StringComparer.Ordinal) { ["cases"] = Text(Cases) };
        string token;
        IReadOnlyList<Kind> kinds;
        await using (var store = await place.Open(ct))
        {
            token = (await VariedCases.Load(store, Cases, ct)).Tokens["mediator"];
            await BulkCases.SkipListeners(store, "search", ct);
            await Listening.CatchUp(store, [new CaseSearchListener(store)], ct);
            if (postgres is not null)
                await store.Write((db, tx) => Dapper.SqlMapper.ExecuteAsync(db, "analyze", transaction: tx), ct);
            var all = await Scan(store, ct);
            kinds = KindsOf(all);
            foreach (var kind in kinds)
                notes["recall, " + kind.Name] = Text(await Recall(store, all, kind, ct));
        }
        var open = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Ticks__PerSecond"] = "0",
            ["Limits__AnonymousPerSecond"] = "1000000",
            ["Limits__TokenPerSecond"] = "1000000",
        };
        await using var server = await ServerProcess.Start(place.Store, open, ct);
        async Task<LoadSeen> Ask(IEnumerable<string> paths, int connections, TimeSpan duration)
        {
            var requests = paths
                .Select(path =>
                    Encoding.ASCII.GetBytes(
                        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n"
                    )
                )
                .ToArray();
            var seen = await HttpLoad.Run(server.Address, connections, duration, 200, Next, ct);
            return seen.Other == 0
                ? seen
                : throw new Refused("bench.refused", "服务拒绝了请求", "The server refused: " + seen.First);

            int Next(int connection, long number, Span<byte> buffer)
            {
                var request = requests[(int)(number % requests.Length)];
                request.CopyTo(buffer);
                return request.Length;
            }
        }
        foreach (var kind in kinds)
        {
            await Ask(kind.Asked.Select(PathOf), 1, ClassFor / 3);
            var seen = await Ask(kind.Asked.Select(PathOf), 1, ClassFor);
            notes[kind.Name] = $"p50 {Text(seen.P50Ms)} ms, p99 {Text(seen.P99Ms)} ms";
        }
        var searched = kinds.Single(kind => kind.Name == Frequent).Asked.Select(PathOf).ToList();
        var bare = searched.Select(path => path[..path.IndexOf("&q=", StringComparison.Ordinal)]).ToList();
        await Ask(bare, Connections, Warm);
        var yardstick = await Ask(bare, Connections, LoadFor);
        await Ask(searched, Connections, Warm);
        var value = await Ask(searched, Connections, LoadFor);
        return new BenchResult(
            "search",
            value.PerSecond / yardstick.PerSecond,
            yardstick.PerSecond,
            value.PerSecond,
            "answers/s",
            value.P99Ms,
            server.MemoryMb,
            place.Engine,
            BenchResult.ThisMachine()
        )
        {
            Notes = notes,
        };
    }

    private const string Frequent = "frequent words, by status";

    private static IReadOnlyList<Kind> KindsOf(IReadOnlyList<Said> all)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var said in all)
        foreach (var pair in Pairs(said.Words).Distinct(StringComparer.Ordinal))
            counts[pair] = counts.GetValueOrDefault(pair) + 1;
        string[] frequent = [.. counts.OrderByDescending(one => one.Value).Take(12).Select(one => one.Key)];
        var rarest = all.GroupBy(said => said.Status, StringComparer.Ordinal).MinBy(of => of.Count())!.Key;
        var commonest = all.GroupBy(said => said.Status, StringComparer.Ordinal).MaxBy(of => of.Count())!.Key;
        var small = all.GroupBy(said => said.Respondent).MinBy(of => of.Count())!.Key;
        IReadOnlyList<Status> Of(string status) => [Words.Parse<Status>(status)!.Value];
        var numbers = Enumerable.Range(0, 12).Select(i => Last(all[i * all.Count / 12].Words));
        return
        [
            new(Frequent, [.. frequent.Select(q => new ListComplaints.Wanted { Q = q, Status = Of(commonest) })]),
            new("frequent words", [.. frequent.Select(q => new ListComplaints.Wanted { Q = q })]),
            new("rare words", [.. numbers.Select(q => new ListComplaints.Wanted { Q = q })]),
            new(
                "inside one merchant",
                [.. frequent.Select(q => new ListComplaints.Wanted { Q = q, Respondent = small })]
            ),
            new(
                "of a rare status",
                [.. frequent.Select(q => new ListComplaints.Wanted { Q = q, Status = Of(rarest) })]
            ),
        ];
    }

    private static string Last(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];

    // Of Chinese: what people look for.
    private static IEnumerable<string> Pairs(string words)
    {
        for (var i = 0; i + 1 < words.Length; i++)
            if (words[i] >= '\u4e00' && words[i + 1] >= '\u4e00')
                yield return words.Substring(i, 2);
    }

    private static async Task<double> Recall(Store store, IReadOnlyList<Said> all, Kind kind, CancellationToken ct)
    {
        var staff = new Caller(Guid.NewGuid(), Role.Mediator, null, "测量");
        var (there, found) = (0, 0);
        foreach (var wanted in kind.Asked)
        {
            var ids = all.Where(said =>
                    (said.Words + '\n' + said.Name).Contains(wanted.Q!, StringComparison.Ordinal)
                    && (wanted.Respondent is null || wanted.Respondent == said.Respondent)
                    && (wanted.Status.Count == 0 || said.Status == Words.Of(wanted.Status[0]))
                )
                .Select(said => said.Id)
                .Take(Found)
                .ToList();
            var page = await ListComplaints.Of(store, staff, wanted with { Size = Found }, ct);
            there += ids.Count;
            found += ids.Intersect(page.Items.Select(item => item.Id)).Count();
        }
        return there == 0 ? 1 : (double)found / there;
    }

    private static async Task<IReadOnlyList<Said>> Scan(Store store, CancellationToken ct)
    {
        var all = await store.Query<Said>(
            """
            select c.id as Id, c.status as Status, c.respondent as Respondent, coalesce(m.name, '') as Name
            from complaints c left join merchants m on m.id = c.respondent order by c.filed_at desc, c.id desc
            """,
            null,
            ct
        );
        foreach (var said in all)
        {
            var text = new StringBuilder();
            foreach (var one in await store.ReadStory(ComplaintBook.Instance, said.Id, ct))
                CaseText.AppendTo(text, one.Event);
            said.Words = BlindCodes.Normal(text.ToString()).Replace('\n', ' ');
        }
        return all;
    }

    private static string PathOf(ListComplaints.Wanted wanted)
    {
        var path = new StringBuilder("/api/v1/complaints?size=20");
        if (wanted.Status.Count > 0)
            path.Append("&status=").Append(Words.Of(wanted.Status[0]));
        if (wanted.Respondent is { } respondent)
            path.Append(CultureInfo.InvariantCulture, $"&respondent={respondent:D}");
        return path.Append("&q=").Append(Uri.EscapeDataString(wanted.Q!)).ToString();
    }

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
