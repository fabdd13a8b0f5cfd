namespace Hengping.Tests.Harness;

/// <summary>The checked-out tree the tests were built from.</summary>
public static class Repository
{
    private static readonly string[] Generated = ["artifacts", "node_modules", "bin", "obj", ".git", "data", "lib"];

    /// <summary>Absolute path of the tree's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file a person wrote, as paths relative to the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [.. Walk(new DirectoryInfo(Root)).Select(Relative).Order(StringComparer.Ordinal)];

    /// <summary>Absolute path of a file of the tree.</summary>
    public static string At(string relative) => Path.Combine(Root, relative);

    private static string Relative(FileInfo file) => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder
            .EnumerateFiles()
            .Concat(folder.EnumerateDirectories().Where(child => !Generated.Contains(child.Name)).SelectMany(Walk));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hengping.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests run inside the repository");
    }
}
