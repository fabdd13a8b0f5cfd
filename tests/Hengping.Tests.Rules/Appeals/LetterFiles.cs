using System.Reflection;
using System.Text;

namespace Hengping.Tests.Appeals;

/// <summary>The letters beside these tests, and what others labelled in them.</summary>
internal static class LetterFiles
{
    /// <summary>Every letter by its name.</summary>
    /// <param name="folder">Empty for those that were learned from, else with a slash at its end.</param>
    public static Dictionary<string, string> All(string folder) =>
        Names(folder)
            .Where(name => name.EndsWith(".md", StringComparison.Ordinal))
            .ToDictionary(name => name[(name.LastIndexOf('/') + 1)..name.LastIndexOf('.')], Text);

    /// <summary>The names of the letters whose ground is safety.</summary>
    public static HashSet<string> Safety(string folder) =>
        [.. Text($"letters/{folder}safety.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The files of a folder.</summary>
    public static IEnumerable<string> Names(string folder) =>
        Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Select(name => name.Replace('\\', '/'))
            .Where(name => name.StartsWith("letters/" + folder, StringComparison.Ordinal))
            .Where(name => folder.Length > 0 || name.Count(c => c == '/') == 1);

    public static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
