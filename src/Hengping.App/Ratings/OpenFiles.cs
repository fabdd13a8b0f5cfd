using System.Security.Cryptography;
using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>Frozen case files under <c>DATA/open/</c>, each named by the SHA-256 of its bytes.</summary>
public static class OpenFiles
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Where a file lies.</summary>
    public static string PathOf(string data, string sha256) => Path.Combine(data, "open", sha256 + ".csv");

    /// <summary>Writes a case file durably and gives its name and the digests of its rating columns.</summary>
    /// <param name="cases">In the order of publicId.</param>
    public static (string Sha256, string Base, string All) Write(
        string data,
        IReadOnlyList<(RatingCase Case, CaseWords Words)> cases,
        DateTimeOffset asOf
    )
    {
        Durable.Create(Path.Combine(data, "open"));
        var draft = Path.Combine(data, "open", Path.GetRandomFileName() + ".draft");
        using var digests = new CaseFile.Digests();
        string name;
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes))
        {
            Put(CaseFile.Header);
            foreach (var (one, words) in cases)
            {
                digests.Add(one, asOf);
                Put(CaseFile.Line(one, words));
            }
            file.Flush(flushToDisk: true);
            name = Convert.ToHexStringLower(hash.GetHashAndReset());

            void Put(string line)
            {
                var bytes = Encoding.UTF8.GetBytes(line + "\n");
                hash.AppendData(bytes);
                file.Write(bytes);
            }
        }
        Durable.Move(draft, PathOf(data, name), overwrite: true);
        var (digest, all) = digests.Finish();
        return (name, digest, all);
    }
}
