using System.Globalization;

namespace Hengping.Tests.Harness;

/// <summary>
/// What an ordinary run takes of what would be too much for each: drawn by the commit's hash, so that a run can be
/// repeated exactly and commits one after the other see everything. <c>ci.cs</c> sets the variables; without it the
/// draw is that of zero.
/// </summary>
public static class Draw
{
    /// <summary>One share of the pictures in so many is taken.</summary>
    public const int PictureShares = 4;

    /// <summary>The first 28 bits of the commit's hash.</summary>
    public static int Seed { get; } =
        Environment.GetEnvironmentVariable("HENGPING_TEST_DRAW") is { Length: > 0 } hash
            ? int.Parse(hash.AsSpan(0, Math.Min(7, hash.Length)), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : 0;

    /// <summary><c>all</c> for every day, or a single one by its name; empty for five of them.</summary>
    public static string Days { get; } = Environment.GetEnvironmentVariable("HENGPING_TEST_DAYS") ?? "";

    /// <summary>Every picture, not a quarter.</summary>
    public static bool AllPictures { get; } = Environment.GetEnvironmentVariable("HENGPING_TEST_PICTURES") == "all";

    /// <summary>Whether this run takes this picture.</summary>
    public static bool TakesPicture(string name) =>
        AllPictures || (uint)StableHash(name) % PictureShares == (uint)Seed % PictureShares;

    // string.GetHashCode differs from process to process.
    private static int StableHash(string name) => name.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));
}
