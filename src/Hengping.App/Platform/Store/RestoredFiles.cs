using System.Security.Cryptography;
using Hengping.Rules;

namespace Hengping.App.Platform;

/// <summary>
/// Files that rows stand for, against their bytes: each is named by the hash of what lies on disk, which its event
/// states. No key is needed for it.
/// </summary>
internal static class RestoredFiles
{
    /// <summary>A file is not there, or is not what its event states.</summary>
    public const string Code = "restore.files";

    private const int NamedMax = 20;

    /// <summary>What is wrong with the files, by name; null where all are as stated.</summary>
    public static async Task<Refusal?> Fault(Store store, CancellationToken ct)
    {
        var (missing, differing) = (new List<string>(), new List<string>());
        foreach (var file in await Named(store, ct))
        {
            var path = SealedFile.PathOf(Path.Combine(store.Place.Data, Backup.Folders[0]), file);
            if (!File.Exists(path))
                missing.Add(file);
            else if (await HashOf(path, ct) != file)
                differing.Add(file);
        }
        if (missing.Count + differing.Count == 0)
            return null;
        return new Refusal(
            Code,
            $"日志已恢复，但证据文件不全：缺失 {missing.Count} 个，内容不符 {differing.Count} 个"
                + $"（缺失：{Listed(missing)}；不符：{Listed(differing)}）",
            $"The log is restored, but not all files of evidence: {missing.Count} missing, {differing.Count} not as "
                + $"stated (missing: {Listed(missing)}; differing: {Listed(differing)})"
        );
    }

    /// <summary>The files that rows stand for.</summary>
    public static async Task<IReadOnlyList<string>> Named(Store store, CancellationToken ct)
    {
        var all = new List<string>();
        foreach (var sql in store.Books.Select(book => book.FilesSql).OfType<string>())
            all.AddRange(await store.Query<string>(sql, null, ct));
        return all;
    }

    /// <summary>Which of them a backup lacks; null where it has them all.</summary>
    /// <param name="data">The data directory, and which of its files the backup takes.</param>
    public static Refusal? Missing(string data, IReadOnlyList<string> named, IEnumerable<string> taken)
    {
        var there = taken.ToHashSet(StringComparer.Ordinal);
        var folder = Path.Combine(data, Backup.Folders[0]);
        var missing = named
            .Where(file => !there.Contains(Path.GetRelativePath(data, SealedFile.PathOf(folder, file))))
            .ToList();
        return missing.Count == 0
            ? null
            : new Refusal(
                "backup.files",
                $"备份缺少 {missing.Count} 个证据文件，不算一次完整的备份；请检查 --data 是否为本库的目录"
                    + $"（缺失：{Listed(missing)}）",
                $"{missing.Count} files of evidence are not in the backup, and it does not count as one: check that "
                    + $"--data is the store's directory (missing: {Listed(missing)})"
            );
    }

    private static async Task<string> HashOf(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
    }

    private static string Listed(List<string> files) =>
        files.Count == 0 ? "-"
        : files.Count <= NamedMax ? string.Join(", ", files)
        : string.Join(", ", files.Take(NamedMax)) + " …";
}
