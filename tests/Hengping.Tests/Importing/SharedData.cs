using Hengping.Tests.Harness;
using Xunit;

namespace Hengping.Tests.Importing;

/// <summary>The real files beside the repository; tests that read them are skipped where they are not.</summary>
internal static class SharedData
{
    private static readonly string? Folder = Find("complaints");
    private static readonly string? FoundFolder = Find("found");
    private static readonly string? ShopsFolder = Find("ecommerce");

    /// <summary>The path of a file of complaints.</summary>
    public static string Complaints(string name)
    {
        Assert.SkipUnless(Folder is not null, "the real files (../shared/data/complaints) are not on this machine");
        return Path.Combine(Folder!, name);
    }

    /// <summary>The path of a file of orders.</summary>
    public static string Orders(string name)
    {
        Assert.SkipUnless(ShopsFolder is not null, "the real files (../shared/data/ecommerce) are not on this machine");
        return Path.Combine(ShopsFolder!, name);
    }

    /// <summary>The path of an input that once failed.</summary>
    public static string Found(string name)
    {
        Assert.SkipUnless(FoundFolder is not null, "the inputs that once failed (../shared/data/found) are not here");
        return Path.Combine(FoundFolder!, name);
    }

    private static string? Find(string kind)
    {
        for (var up = new DirectoryInfo(Repository.Root).Parent; up is not null; up = up.Parent)
        {
            var candidate = Path.Combine(up.FullName, "shared", "data", kind);
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
