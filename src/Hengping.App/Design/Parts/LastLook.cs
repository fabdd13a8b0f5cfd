using Hengping.App.Platform;

namespace Hengping.App.Design.Parts;

/// <summary>
/// The last look before something binds: what follows from it and what it says, while nothing has gone out. It is sent
/// on as it is with <c>looked</c>, or comes back into its form with <c>change</c>.
/// </summary>
/// <param name="Go">What its button does.</param>
public sealed record LastLook(string Go)
{
    private static readonly string[] Own = ["looked", "change"];

    /// <summary>What follows, one by one.</summary>
    public IReadOnlyList<string> Follows { get; init; } = [];

    /// <summary>Before what is quoted: who reads it.</summary>
    public string? Reads { get; init; }

    /// <summary>The sum, as money.</summary>
    public string? Sum { get; init; }

    /// <summary>What it says, word for word.</summary>
    public IReadOnlyList<string> Said { get; init; } = [];

    /// <summary>What in it does not fit together; it may be right.</summary>
    public string? Unlike { get; init; }

    /// <summary>What was typed.</summary>
    public IReadOnlyList<TypedField> Sent { get; init; } = [];

    /// <summary>The form of the page it goes on with, where the page has several.</summary>
    public string? Handler { get; init; }

    /// <summary>It hurts somebody.</summary>
    public bool IsGrave { get; init; }

    /// <summary>What a form sent, but for its token and the answer to this look.</summary>
    public static IReadOnlyList<TypedField> Typed(IFormCollection form) =>
        [
            .. form.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal) && !Own.Contains(field.Key))
                .SelectMany(field => field.Value.Select(value => new TypedField(field.Key, value ?? ""))),
        ];
}
