using System.Globalization;
using System.Text.Json.Serialization;
using Hengping.App.Clocks;
using Hengping.App.Design;
using Hengping.Rules.Clocks;

namespace Hengping.App.Complaints;

/// <summary>By when somebody has to act, and how that was counted.</summary>
/// <param name="Kind">screening, safety, lapse, reply, reply-late, unanswered, contest, mediation, performance,
/// objection, proof, closing, offer, review, validity, seller, told; of a report tell, verify.</param>
/// <param name="Explanation">In the language asked for; it says whether it is law for this operator or a promise.
/// </param>
/// <param name="Provisional">True where it is the earliest day it can end: the calendar that says which is missing.
/// </param>
public sealed record ShownDeadline(string Kind, DateTimeOffset Due, string Explanation, bool? Provisional = null)
{
    /// <summary>Nobody is late before: the later of the day that was told and the lawful one.</summary>
    [JsonIgnore]
    public DateTimeOffset LateAfter { get; init; } = Due;

    /// <summary>A term of the rulebook as it stands: what was told holds, and the sentence says what the law says.
    /// </summary>
    public static ShownDeadline? ByLaw(RunningTerm term, TermNote? note, Law law)
    {
        var counted = law.Count(term.Rule, term.From);
        if ((term.By ?? counted?.Due) is not { } due)
            return null;
        var lawful = counted is null ? due : counted.Lawful + term.Stood;
        var late = note?.LateAfter > lawful ? note.LateAfter.Value : lawful;
        var isProvisional = note?.Provisional ?? (term.By is null && counted!.Provisional);
        return new ShownDeadline(term.Kind, due, Why(counted, due), isProvisional ? true : null)
        {
            LateAfter = late > due ? late : due,
        };
    }

    private static string Why(Deadline? counted, DateTimeOffset due)
    {
        if (counted is null)
            return "";
        var isEnglish = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        var why = isEnglish ? counted.En : counted.Zh;
        if (counted.Due == due)
            return why;
        return why + (isEnglish ? $"; what stands is {Say.Instant(due)}" : $"；现定为 {Say.Instant(due)}");
    }
}
