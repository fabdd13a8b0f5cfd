using Xunit.Sdk;
using Xunit.v3;

namespace Hengping.Tests.Harness;

/// <summary>
/// Classes that take minutes begin first: begun last, one of them runs alone at the end while the other cores wait.
/// The rest keeps the order it had.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        "Browser.Tour",
        "Browser.",
        "Ratings.HiddenActs",
        "Complaints.CanAndDoor",
        "Platform.KillTests",
        "Importing.ImportRunTests",
        "Ratings.ClosedMonths",
        "FuzzPages",
        "Platform.AwayTests",
        "Platform.ClockDoubts",
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Place)];

    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var found = Array.FindIndex(
            Long,
            name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)
        );
        return found < 0 ? Long.Length : found;
    }
}
