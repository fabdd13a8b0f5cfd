using Hengping.App.Platform;
using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

/// <summary>Which words say to a reader what is next: by status, and by what makes it special.</summary>
public static class NextStep
{
    /// <summary>The end of the key of those words.</summary>
    public static string Of(Complaint c, Party reader)
    {
        var usual = $"{Words.Of(c.Status)}.{Words.Of(reader)}";
        return c.Status switch
        {
            // Once scored, a claimant has nothing left to judge.
            Status.Replied when reader == Party.Claimant && c.Score is not null => usual + ".scored",
            Status.Delivered when c.FirstReply is not null && c.FirstValidReply is null => usual + ".uncounted",
            Status.Settled when c.ProofBy is not null => usual + ".said",
            Status.InMediation when c.ShowBy is not null && reader != Party.Mediator => usual + ".refused",
            _ => usual,
        };
    }
}
