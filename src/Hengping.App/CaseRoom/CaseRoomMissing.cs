using Hengping.App.Design;
using Hengping.App.Evidence;
using Hengping.Rules;
using Hengping.Rules.Complaints;

namespace Hengping.App.CaseRoom;

/// <summary>One thing that a returned complaint lacks: brought as a file, or said in words, if only why not.</summary>
/// <param name="No">Its place in the list, from 0.</param>
/// <param name="Name">As the desk asked for it.</param>
/// <param name="IsWords">Nothing that a file could show.</param>
/// <param name="Kept">Files that were brought for it.</param>
public sealed record AskedFor(int No, string Name, bool IsWords, IReadOnlyList<Guid> Kept)
{
    /// <summary>Words for the thing of that place.</summary>
    public string Words => "said-" + No;

    /// <summary>Files for it, kept before.</summary>
    public string Evidence => "evidence-" + No;

    /// <summary>Files that are sent with the form.</summary>
    public string Files => "files-" + No;
}

// What the desk asked for, piece by piece.
public sealed partial class CaseRoomPage
{
    private static readonly string[] WordsAlone = ["facts", "consent", "identity"];

    private Dictionary<int, IReadOnlyList<Guid>> broughtFor = [];

    /// <summary>What a returned complaint lacks, for its claimant to tick off; empty where nothing is asked.</summary>
    public IReadOnlyList<AskedFor> Missing =>
        Case.Status != Status.Returned || Reader != Party.Claimant
            ? []
            :
            [
                .. past.Select(t => t.Event)
                    .OfType<ComplaintEvent.Returned>()
                    .Last()
                    .Missing.Select(
                        (code, no) =>
                            new AskedFor(
                                no,
                                Names.Reason(code),
                                WordsAlone.Contains(code),
                                broughtFor.GetValueOrDefault(no, [])
                            )
                    ),
            ];

    // Files of each thing, and those of the form itself.
    private async Task<(IReadOnlyList<Guid> Ids, Refusal? Refusal)> KeepFiles(IFormCollection form)
    {
        var all = new List<Guid>();
        foreach (var asked in tried == Verb.Resubmit ? Missing : [])
        {
            var (ids, no) = await Keep(form.Files.GetFiles(asked.Files));
            broughtFor[asked.No] = [.. Ids(form[asked.Evidence]), .. ids];
            all.AddRange(broughtFor[asked.No]);
            if (no is not null)
                return (all, no);
        }
        var (rest, refusal) = await Keep([.. form.Files.Where(file => file.Name == "files")]);
        return ([.. all, .. rest], refusal);
    }

    private Task<(IReadOnlyList<Guid> Ids, Refusal? Refusal)> Keep(IReadOnlyList<IFormFile> files) =>
        UploadPage.KeepAll(Store, shelf, EvidenceShelf.Bringer.Known(Me!), files, Ct);

    // Who was asked for something sends it, or says in words why not.
    private bool IsAnswered(IFormCollection form)
    {
        var open = Missing.Where(m => m.Kept.Count == 0 && string.IsNullOrWhiteSpace(form[m.Words])).ToList();
        foreach (var one in open)
            Faults[one.Words] = Texts.T(one.IsWords ? "act.resubmit.say" : "act.resubmit.bring", one.Name);
        if (Missing.Count == 0 && KeptEvidence.Count == 0 && string.IsNullOrWhiteSpace(form["supplement"]))
            Fault("supplement", Refusals.NothingAdded);
        return Faults.Count == 0;
    }

    // One text: each thing by its name, then what else there is to say.
    private string? AnswerOf(IFormCollection form)
    {
        IEnumerable<string> said =
        [
            .. Missing
                .Select(m => (m.Name, Said: form[m.Words].ToString().Trim()))
                .Where(m => m.Said.Length > 0)
                .Select(m => m.Name + Texts.Pick("：", ": ") + m.Said),
            form["supplement"].ToString(),
        ];
        return string.Join('\n', said.Where(line => line.Length > 0)) is { Length: > 0 } text ? text : null;
    }
}
