using Hengping.Rules.Fields;

namespace Hengping.Rules.Complaints;

/// <summary>监护人 who agreed to what somebody of 14 to 17 settles or gives up. Sealed with the case.</summary>
/// <param name="Relation">As 母亲.</param>
/// <param name="Phone">By which it can be asked whether they did.</param>
public sealed record Guardian(string Name, string Relation, string Phone)
{
    private const int RelationMax = 50;

    /// <summary>What was typed, judged field by field; null where nobody else has to agree.</summary>
    /// <param name="by">Who settles or gives up.</param>
    public static Guardian? Check(Complaint complaint, Party by, GuardianDraft? draft, FieldFaults faults)
    {
        if (by != Party.Claimant || complaint.FiledFor != FiledFor.Minor)
            return null;
        var name = PlainText.Name(draft?.Name);
        faults.If(name is null || !PersonName.IsPlausible(name), "guardian.name", Fault.Name);
        var relation = faults.Line("guardian.relation", draft?.Relation, RelationMax);
        faults.If(relation is null, "guardian.relation", Fault.Required);
        var phone = PhoneNumber.Normalise(draft?.Phone);
        faults.If(phone is null, "guardian.phone", Fault.Phone);
        faults.If(draft?.Agrees != true, "guardian.agrees", Unagreed);
        return new Guardian(name ?? "", relation ?? "", phone ?? "");
    }

    /// <summary>The box is not ticked.</summary>
    public static readonly Refusal Unagreed = new(
        "guardian.unagreed",
        "未满18周岁的，接受方案或撤回投诉须经监护人同意",
        "Under 18, a guardian has to agree to a settlement or a withdrawal"
    );
}

/// <summary>A guardian as typed.</summary>
public sealed record GuardianDraft(
    string? Name = null,
    string? Relation = null,
    string? Phone = null,
    bool? Agrees = null
);
