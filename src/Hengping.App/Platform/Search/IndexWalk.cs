namespace Hengping.App.Platform;

/// <summary>SQL that walks through the documents of an index in the order of their time.</summary>
/// <param name="With">What stands before <c>select</c>.</param>
/// <param name="Tables">Index and rows, joined; <c>{0}</c> is the table of the rows, which have the name <c>c</c>.
/// </param>
/// <param name="Where">What has to hold.</param>
/// <param name="Order">By time; rows of the same millisecond come in any order.</param>
/// <param name="Args">Its parameters, from and until a time, both included; null for the beginning and the end.</param>
public sealed record IndexWalk(
    string With,
    string Tables,
    string Where,
    string Order,
    Func<long?, long?, IReadOnlyList<(string Name, object? Value)>> Args
);
