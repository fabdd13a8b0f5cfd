using System.Text.Json;
using Hengping.Rules.Fields;

namespace Hengping.Rules.Appeals;

/// <summary>Evidence as it is typed.</summary>
public sealed record ProofDraft(
    Guid? File,
    string? Kind,
    string? Issuer,
    string? Number,
    DateOnly? ValidFrom,
    DateOnly? ValidTo,
    string? Product
);

/// <summary>A statement as it is typed.</summary>
public sealed record StatementDraft(
    string? Section,
    string? Text,
    string? Owner,
    DateOnly? By,
    IReadOnlyList<ProofDraft?>? Proofs
);

/// <summary>What an appeal says, as it is typed.</summary>
public static class PlanDraft
{
    private static readonly Refusal TooManyStatements = new(
        "appeal.statements",
        $"最多{PlanOfAction.StatementsMax}条，请合并或精简",
        $"At most {PlanOfAction.StatementsMax} statements; please join or shorten them"
    );

    private static readonly Refusal Backwards = new(
        "appeal.validity",
        "有效期的开始晚于结束",
        "The validity ends before it begins"
    );

    private static readonly Refusal FarDay = new(
        "appeal.by",
        $"完成日期应在{PlanOfAction.DoneYearsMax}年前到{PlanOfAction.AheadYearsMax}年后之间",
        $"Give a day between {PlanOfAction.DoneYearsMax} years ago and {PlanOfAction.AheadYearsMax} years ahead"
    );

    private static readonly Refusal FarPaper = new(
        "appeal.paper-day",
        $"有效期的日期应在前后{PlanOfAction.PaperYearsMax}年以内",
        $"Give a day within {PlanOfAction.PaperYearsMax} years before or after today"
    );

    /// <summary>Judges it; what is left blank is no statement.</summary>
    /// <param name="asked">The sections this appeal has.</param>
    /// <param name="today">In Shanghai.</param>
    public static PlanOfAction Check(
        IReadOnlyList<StatementDraft?>? typed,
        IReadOnlyList<AppealSection> asked,
        DateOnly today,
        FieldFaults faults
    )
    {
        var drafts = (typed ?? []).Select((draft, at) => (Draft: draft, At: $"statements[{at}]"));
        var said = drafts.Where(one => one.Draft is { } draft && !IsBlank(draft)).ToList();
        faults.If(said.Count > PlanOfAction.StatementsMax, "statements", TooManyStatements);
        var plan = said.Select((one, at) => Judge(at + 1, one.Draft!, one.At, asked, today, faults))
            .OrderBy(statement => statement.Section)
            .ToList();
        return new PlanOfAction([.. plan.Select((statement, at) => statement with { No = at + 1 })]);
    }

    /// <summary>The value of a word, or null where no such word is known.</summary>
    public static T? Parse<T>(string? word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == word)
                return value;
        return null;
    }

    private static bool IsBlank(StatementDraft draft) =>
        PlainText.Lines(draft.Text) is null
        && PlainText.Line(draft.Owner) is null
        && draft.By is null
        && draft.Proofs is null or { Count: 0 };

    private static PlanStatement Judge(
        int no,
        StatementDraft draft,
        string at,
        IReadOnlyList<AppealSection> asked,
        DateOnly today,
        FieldFaults faults
    )
    {
        var section = Parse<AppealSection>(draft.Section);
        faults.If(section is null, at + ".section", draft.Section is null ? Fault.Required : Fault.Unknown);
        faults.If(section is { } named && !asked.Contains(named), at + ".section", Appeal.NotAsked);
        var text = faults.Text(at + ".text", draft.Text, PlanOfAction.TextMin, PlanOfAction.TextMax);
        var owner = faults.Line(at + ".owner", draft.Owner, PlanOfAction.LineMax);
        var isNear =
            draft.By is not { } by
            || (by >= today.AddYears(-PlanOfAction.DoneYearsMax) && by <= today.AddYears(PlanOfAction.AheadYearsMax));
        faults.If(!isNear, at + ".by", FarDay);
        var proofs = draft.Proofs ?? [];
        faults.If(proofs.Count > PlanOfAction.ProofsMax, at + ".proofs", Fault.TooMany(PlanOfAction.ProofsMax));
        return new PlanStatement(
            no,
            section ?? AppealSection.Grounds,
            text,
            owner,
            draft.By,
            [.. proofs.Select((proof, i) => Judge(proof, $"{at}.proofs[{i}]", today, faults))]
        );
    }

    private static PlanProof Judge(ProofDraft? draft, string at, DateOnly today, FieldFaults faults)
    {
        faults.If(draft?.File is null, at + ".file", Fault.Required);
        var kind = Parse<ProofKind>(draft?.Kind);
        faults.If(kind is null, at + ".kind", draft?.Kind is null ? Fault.Required : Fault.Unknown);
        faults.If(IsFar(draft?.ValidFrom, today), at + ".validFrom", FarPaper);
        faults.If(IsFar(draft?.ValidTo, today), at + ".validTo", FarPaper);
        faults.If(draft?.ValidFrom > draft?.ValidTo, at + ".validTo", Backwards);
        return new PlanProof(
            draft?.File ?? Guid.Empty,
            kind ?? ProofKind.Other,
            faults.Line(at + ".issuer", draft?.Issuer, PlanOfAction.LineMax),
            faults.Line(at + ".number", draft?.Number, PlanOfAction.LineMax),
            draft?.ValidFrom,
            draft?.ValidTo,
            faults.Line(at + ".product", draft?.Product, PlanOfAction.LineMax)
        );
    }

    private static bool IsFar(DateOnly? day, DateOnly today) =>
        day is { } one
        && (one < today.AddYears(-PlanOfAction.PaperYearsMax) || one > today.AddYears(PlanOfAction.PaperYearsMax));
}
