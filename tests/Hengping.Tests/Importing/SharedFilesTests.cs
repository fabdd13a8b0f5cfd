using Shouldly;
using Xunit;

namespace Hengping.Tests.Importing;

/// <summary>Every real file gives the rows its notes promise, before any store is involved.</summary>
public sealed class SharedFilesTests
{
    internal static readonly (string Name, string Map, int Read, int Imported)[] Counts =
    [
        ("cfpb_sample_6623_full18cols.csv", "cfpb", 6623, 6623),
        ("cfpb_sample_same6623_dirty_zip_banner.csv", "cfpb", 6623, 6623),
        ("cfpb_2015q1_28156.csv.gz", "cfpb", 28156, 0),
        ("ccdb_fixture_v1-intake.csv", "ccdb", 30, 30),
        ("ccdb_fixture_v1-public.csv", "ccdb", 30, 30),
        ("ccdb_fixture_v2-intake.csv", "ccdb", 30, 30),
        ("ccdb_fixture_v2-public.csv", "ccdb", 30, 30),
        ("ccdb_fixture_complaints-subset.csv", "ccdb", 280, 0),
        ("ccdb_fixture.ndjson", "ccdb", 10, 0),
        ("nyc_dca_mediated_2015_4495.csv", "nyc", 4495, 4340),
        ("heimao_2020_rows_1_50.csv", "heimao", 50, 50),
        ("tipdm2020c_fj4.xlsx", "tipdm", 2816, 2816),
        ("ra_ibyte.csv", "reclameaqui", 1000, 1000),
    ];

    public static TheoryData<string, string, int, int> Files()
    {
        var files = new TheoryData<string, string, int, int>();
        foreach (var (name, map, read, imported) in Counts)
            files.Add(name, map, read, imported);
        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_real_file_maps_with_the_counts_of_its_notes(string name, string map, int read, int accepted)
    {
        var rows = SourceFixture.Map(SharedData.Complaints(name), map);
        rows.Count.ShouldBe(read);
        rows.Count(row => row.Made.Event is not null).ShouldBe(accepted);
    }

    [Fact]
    public void The_year_of_the_bureaus_sample_is_read_right() =>
        SourceFixture
            .Map(SharedData.Complaints("cfpb_sample_6623_full18cols.csv"), "cfpb")
            .Count(row => row.Made.Event!.FiledAt.ToOffset(TimeSpan.FromHours(8)).Year == 2019)
            .ShouldBe(5975);
}
