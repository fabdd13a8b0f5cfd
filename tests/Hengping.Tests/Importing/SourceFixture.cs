using System.Text;
using Hengping.App.Importing;
using Hengping.Rules;

namespace Hengping.Tests.Importing;

/// <summary>A file of our own in a temporary directory, read through the mapping under test.</summary>
internal sealed class SourceFixture : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));

    private readonly string folder = Directory.CreateTempSubdirectory("hengping-import-").FullName;

    public string Write(string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text, encoding ?? new UTF8Encoding(false));
        return path;
    }

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Every row with what the mapping makes of it.</summary>
    public static List<(SourceRow Row, Decided<SourceComplaint> Made)> Map(string path, Mapping mapping)
    {
        var ask = new ImportAsk(mapping.NeedsAt ? Now : null, mapping.NeedsRespondent ? "某商家" : null, Now);
        using var table = SourceFile.Open(path, mapping.Header, mapping.Names);
        var mapper = new RowMapper(mapping, table, ask);
        return [.. table.Rows().Select(row => (row, mapper.Map(row, mapper.IdOf(row))))];
    }

    public static List<(SourceRow Row, Decided<SourceComplaint> Made)> Map(string path, string map) =>
        Map(path, KnownMappings.All[map]);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
