using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

/// <summary>Which words explain to a reader what is next: of what waits, or of how it ended.</summary>
public static class NextStep
{
    /// <summary>The end of the key of those words; of what waits there may be none.</summary>
    public static string Of(Complaint c, Party reader, CaseTurn? turn) =>
        turn is null ? $"{Words.Of(c.Status)}.{Words.Of(reader)}" : $"{Words.Of(turn.Turn.Kind)}.{Words.Of(reader)}";

    /// <summary>The words; null where the line of the turn says all.</summary>
    public static string? Text(string key, Complaint c) =>
        Texts.All.ContainsKey("then." + key) ? Texts.T("then." + key, c.Hours.Full, c.Hours.Part) : null;
}
