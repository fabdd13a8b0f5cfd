using Hengping.App.Design;

namespace Hengping.App.Complaints;

/// <summary>A clock of the case with its name in the reader's language.</summary>
public sealed record NamedDeadline(string Name, DateTimeOffset Due, string Why, DateTimeOffset Late, bool Provisional)
{
    /// <summary>A deadline as pages show it.</summary>
    public static NamedDeadline Of(ShownDeadline d) =>
        new(Texts.T("due." + d.Kind), d.Due, d.Explanation, d.LateAfter, d.Provisional == true);
}
