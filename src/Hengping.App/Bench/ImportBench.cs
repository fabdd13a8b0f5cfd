using System.Diagnostics;
using System.Globalization;
using CsvHelper;
using Hengping.App.Importing;
using Hengping.App.Platform;
using Mapping = Hengping.App.Importing.Mapping;

namespace Hengping.App.Bench;

/// <summary>
/// <c>bench import</c>: rows a second from a file into the store (decided by the rules, sealed, durable) ÷ rows a
/// second of the database alone, which copies what came of them (<see cref="ImportFloor"/>); and the same until every
/// listener has heard them, so that they are rated and found. Beside it stand the CSV reader and the disk alone.
/// </summary>
public static class ImportBench
{
    private const int Rows = 100_000;
    private const int WarmRows = 20_000;
    private const int ReadsEachSide = 3;
    private const string Sample = "shared/data/complaints/cfpb_sample_6623_full18cols.csv";

    /// <summary>Runs it on a store of its own.</summary>
    public static async Task<BenchResult> Run(House house, string? postgres, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("hengping-bench-csv-").FullName;
        try
        {
            var mapping = KnownMappings.All["cfpb"];
            var (warm, file) = (Path.Combine(folder, "warm.csv"), Path.Combine(folder, "rows.csv"));
            var source = Write(warm, WarmRows, firstId: 1);
            Write(file, Rows, firstId: 100_000_000);
            Cli.Say($"{Rows} 行 / rows, {new FileInfo(file).Length / 1_000_000} MB ({source})");

            await using var place = await BenchPlace.Create(house, postgres, ct);
            await using var store = await place.Open(ct);
            Read(warm, mapping);
            await Import(store, warm, mapping, ct);

            var reads = Enumerable.Range(0, ReadsEachSide).Select(_ => Read(file, mapping)).ToList();
            var (head, cpu) = (await store.Head(ct), Process.GetCurrentProcess().TotalProcessorTime);
            var size = await store.SizeBytes(ct);
            var result = await Import(store, file, mapping, ct);
            cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            var heard = Stopwatch.StartNew();
            await Listening.CatchUp(store, house.Listeners(store, ""), ct);
            var found = result.Imported / (result.Seconds + heard.Elapsed.TotalSeconds);
            var events = (double)(await store.Head(ct) - head) / result.Imported;
            reads.AddRange(Enumerable.Range(0, ReadsEachSide).Select(_ => Read(file, mapping)));
            size = (await store.SizeBytes(ct) - size) / result.Imported;
            var disk = ImportFloor.Disk(place.Store.Data, size * result.Imported) / size;
            var floor = await ImportFloor.Measure(place.Store, ct);
            var alone = Rows / reads.Order().ElementAt(reads.Count / 2);
            var rate = result.Imported / result.Seconds;
            return new BenchResult(
                "import",
                Ratio: rate / floor,
                Yardstick: floor,
                Value: rate,
                "rows/s",
                P99Ms: null,
                MemoryMb: Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000.0,
                store.EngineName,
                BenchResult.ThisMachine()
            )
            {
                Notes = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["rows"] = Rows.ToString(CultureInfo.InvariantCulture),
                    ["events per row"] = events.ToString("0.00", CultureInfo.InvariantCulture),
                    ["cpu per row"] = $"{cpu.TotalMicroseconds / result.Imported:0} µs",
                    ["until found, rows/s"] = found.ToString("0", CultureInfo.InvariantCulture),
                    ["until found ÷ database alone"] = (found / floor).ToString("0.00", CultureInfo.InvariantCulture),
                    ["reader alone, rows/s"] = alone.ToString("0", CultureInfo.InvariantCulture),
                    ["bytes per row in the store"] = size.ToString(CultureInfo.InvariantCulture),
                    ["disk alone, rows/s"] = disk.ToString("0", CultureInfo.InvariantCulture),
                    ["source"] = source,
                },
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ImportResult> Import(Store store, string path, Mapping mapping, CancellationToken ct)
    {
        using var table = SourceFile.Open(path, mapping.Header, mapping.Names);
        using var rejects = new RejectsFile(null, table);
        var ask = new ImportAsk(null, null, store.Now);
        var run = new ImportRun(store, mapping, rejects, enrolled: false);
        return await ImportProgress.Show(table, run, run.Load(table, ask, ct));
    }

    // Seconds for all cells of all rows as text, through the table the import reads.
    private static double Read(string path, Mapping mapping)
    {
        var watch = Stopwatch.StartNew();
        using var table = SourceFile.Open(path, mapping.Header, mapping.Names);
        var rows = table.Rows().Count();
        return rows > 0 ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException("Nothing was read");
    }

    // The bureau's sample over and over with new ids where it lies beside the repository, or rows like it.
    private static string Write(string path, int rows, int firstId)
    {
        var (header, sample, source) = Samples();
        using var csv = CsvWriter.ToFile(path);
        csv.WriteRecord(header);
        for (var i = 0; i < rows; i++)
        {
            var row = (string[])sample[i % sample.Count].Clone();
            row[^1] = (firstId + i).ToString(CultureInfo.InvariantCulture);
            csv.WriteRecord(row);
        }
        return source;
    }

    private static (string[] Header, List<string[]> Rows, string Source) Samples()
    {
        for (var up = new DirectoryInfo(Environment.CurrentDirectory); up is not null; up = up.Parent)
        {
            var path = Path.Combine(up.FullName, Sample);
            if (!File.Exists(path))
                continue;
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions { HasHeader = false });
            var rows = new List<string[]>();
            while (csv.Read())
                rows.Add(csv.Current.ToArray());
            return (rows[0], rows[1..], Path.GetFileName(path));
        }
        return (Header, [.. Enumerable.Range(0, 5000).Select(Invented)], "invented rows");
    }

    private static readonly string[] Header =
    [
        "Date received",
        "Product",
        "Sub-product",
        "Issue",
        "Sub-issue",
        "Consumer complaint narrative",
        "Company public response",
        "Company",
        "State",
        "ZIP code",
        "Tags",
        "Consumer consent provided?",
        "Submitted via",
        "Date sent to company",
        "Company response to consumer",
        "Timely response?",
        "Consumer disputed?",
        "Complaint ID",
    ];

    private static string[] Invented(int i)
    {
        var filed = new DateOnly(2019, 1, 1).AddDays(i % 365);
        var story = i % 5 < 2 ? string.Concat(Enumerable.Repeat("They charged me twice and nobody answers. ", 24)) : "";
        return
        [
            filed.ToString("yyyy/M/d", CultureInfo.InvariantCulture),
            "Credit reporting, credit repair services, or other personal consumer reports",
            "Credit reporting",
            "Incorrect information on your report",
            "Information belongs to someone else",
            story,
            "",
            $"COMPANY {i % 700}, INC.",
            "CA",
            "900XX",
            "",
            "Consent not provided",
            "Web",
            filed.AddDays(i % 4).ToString("yyyy/M/d", CultureInfo.InvariantCulture),
            i % 50 == 0 ? "In progress" : "Closed with explanation",
            i % 70 == 0 ? "No" : "Yes",
            "N/A",
            "",
        ];
    }
}
