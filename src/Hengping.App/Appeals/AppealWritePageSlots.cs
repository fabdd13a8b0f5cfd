using System.Globalization;
using Hengping.App.Platform;
using Hengping.Rules.Appeals;
using Hengping.Rules.Fields;

namespace Hengping.App.Appeals;

// Statements as the form shows them and as they are typed.
public sealed partial class AppealWritePage
{
    /// <summary>What is typed about evidence in a line each.</summary>
    public static readonly IReadOnlyList<string> ProofLines = ["issuer", "number", "product"];

    private static readonly string[] DayFields = ["from", "to"];

    private static readonly string[] ProofFields = [.. ProofLines, "kind", .. DayFields];

    /// <summary>One statement of the section as the form shows it.</summary>
    /// <param name="Typed">What is typed about evidence that comes with it; by field.</param>
    public sealed record Slot(
        int No,
        string? Text,
        string? Owner,
        string? By,
        IReadOnlyList<PlanProof> Proofs,
        IReadOnlyDictionary<string, string?>? Typed = null
    )
    {
        /// <summary>The empty one to write in.</summary>
        public bool IsNew { get; init; }

        /// <summary>A file that is here already, of a step that came back with a fault.</summary>
        public Guid? Kept { get; init; }

        /// <summary>What is typed about new evidence is shown.</summary>
        public bool IsOpen =>
            Kept is not null || ProofLines.Any(line => Said(line) is not null) || Said("to") is not null;

        public string? Kind => Said("kind");

        /// <summary>What is typed in a field about new evidence.</summary>
        public string? Said(string field) => Typed?.GetValueOrDefault(field);
    }

    private static ProofDraft ProofOf(IFormCollection form, int no, Guid file) =>
        new(
            file,
            Said(form, $"kind-{no}"),
            Said(form, $"issuer-{no}"),
            Said(form, $"number-{no}"),
            DayOf(Said(form, $"from-{no}")),
            DayOf(Said(form, $"to-{no}")),
            Said(form, $"product-{no}")
        );

    // As many as there are, and an empty one to write in.
    private IReadOnlyList<Slot> SlotsOf(AppealSection section)
    {
        var there = Plan.Of(section);
        return
        [
            .. there.Select((s, i) => new Slot(i, s.Text, s.Owner, Iso(s.By), s.Proofs)),
            new Slot(there.Count, null, null, null, []) { IsNew = true },
        ];
    }

    private IReadOnlyList<Slot> SlotsOf(IFormCollection form, AppealSection section)
    {
        var there = Plan.Of(section);
        var count = Math.Min(there.Count + 1, PlanOfAction.StatementsMax);
        return [.. Enumerable.Range(0, count).Select(i => SlotOf(form, i, i < there.Count ? there[i] : null))];
    }

    private static Slot SlotOf(IFormCollection form, int i, PlanStatement? there) =>
        new(
            i,
            Said(form, $"text-{i}"),
            Said(form, $"owner-{i}"),
            Said(form, $"by-{i}"),
            [.. (there?.Proofs ?? []).Where(p => !form[$"drop-{i}"].Contains(p.File.ToString()))],
            ProofFields.ToDictionary(field => field, field => Said(form, $"{field}-{i}"))
        )
        {
            IsNew = there is null,
            Kept =
                Guid.TryParse(form[$"kept-{i}"].LastOrDefault(), out var kept)
                && !form[$"drop-{i}"].Contains(kept.ToString())
                    ? kept
                    : null,
        };

    private static string? Said(IFormCollection form, string field) =>
        form[field].ToString() is { } said && !string.IsNullOrWhiteSpace(said) ? said : null;

    // A day that cannot be read is said at its field; left out, it would be lost without a word.
    private void CheckDay(string field, string? typed)
    {
        var faults = new FieldFaults();
        faults.Date(field, typed);
        Fault(faults.All);
    }

    private static DateOnly? DayOf(string? typed) =>
        DateOnly.TryParse(typed, CultureInfo.InvariantCulture, out var day) ? day : null;

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static StatementDraft DraftOf(PlanStatement s) =>
        new(Words.Of(s.Section), s.Text, s.Owner, s.By, [.. s.Proofs.Select(DraftOf)]);

    private static ProofDraft DraftOf(PlanProof p) =>
        new(p.File, Words.Of(p.Kind), p.Issuer, p.Number, p.ValidFrom, p.ValidTo, p.Product);
}
