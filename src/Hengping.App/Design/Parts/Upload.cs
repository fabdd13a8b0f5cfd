namespace Hengping.App.Design.Parts;

/// <summary>Where evidence is added to a form.</summary>
/// <param name="Id">Prefix of the ids; one page may hold several.</param>
/// <param name="Kept">Uploaded before: they stay in the form.</param>
public sealed record Upload(string Id, IReadOnlyList<Guid> Kept, string? Hint = null)
{
    /// <summary>What files that are kept already are sent as.</summary>
    public string Name { get; init; } = "evidence";

    /// <summary>What files are sent as that go with the form.</summary>
    public string Files { get; init; } = "files";
}

/// <summary>A piece of evidence to show.</summary>
public sealed record Proof(Guid Id, string MediaType, string? Name)
{
    /// <summary>Where it can be read.</summary>
    public string Address { get; init; } = $"/evidence/{Id:D}";

    /// <summary>That others are not shown it, in a sentence for whoever reads.</summary>
    public string? Note { get; init; }

    /// <summary>This reader is not shown it.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Shown as a picture. Most browsers have none for HEIC: that is a card to download.</summary>
    public bool IsImage => MediaType.StartsWith("image/", StringComparison.Ordinal) && MediaType != "image/heic";

    /// <summary>PDF, MP4 …: what stands in place of a picture.</summary>
    public string Kind => MediaType[(MediaType.IndexOf('/', StringComparison.Ordinal) + 1)..].ToUpperInvariant();
}

/// <summary>A choice of files that go with their form.</summary>
/// <param name="Hint">Id of the sentence that says what may be chosen.</param>
public sealed record FileField(
    string Id,
    string Name,
    string Hint,
    bool Many = true,
    bool Required = false,
    string Accept = "image/*,video/*,audio/*,application/pdf"
);
