using Hengping.Tests.Harness;
using Xunit;

namespace Hengping.Tests.Importing;

/// <summary>The real files beside the repository; tests that read them are skipped where they are not.</summary>
internal static class SharedData
{
    static readonly string? folder = Find();

    /// <summary>The path of a file of complaints.</summary>
    public static string Complaints(string name)
    {
        Assert.SkipUnless(folder is not null, "the real files (../shared/data/complaints) are not on this machine");
        return Path.Combine(folder!, name);
    }

    static string? Find()
    {
        for (var up = new DirectoryInfo(Repository.Root).Parent; up is not null; up = up.Parent)
        {
            var candidate = Path.Combine(up.FullName, "shared", "data", "complaints");
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
