namespace Hengping.App.Platform;

/// <summary>
/// What the ground of the house makes keyed prints for. A room states its own, <see cref="Room.Purposes"/>. Kept over
/// <c>keys rotate</c> is what is made of ids and random codes; what is made of a person's own values is made again.
/// </summary>
public static class Purposes
{
    /// <summary>Which ring it is.</summary>
    public static readonly Purpose Ring = new(0, "ring", IsKept: true);

    /// <summary>A phone.</summary>
    public static readonly Purpose Phone = new(10, "phone");

    /// <summary>For whom something is counted.</summary>
    public static readonly Purpose Allowance = new(17, "allowance");

    /// <summary>The words of cases, in the index.</summary>
    public static readonly Purpose Search = new(18, "search");

    /// <summary>Whose words a browser keeps: it tells one person from another, and nothing of either.</summary>
    public static readonly Purpose SamePerson = new(21, "same-person", IsKept: true);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Purpose> Own = [Ring, Phone, Allowance, Search, SamePerson];
}
