using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.RuleRegister;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.RuleRegister;

/// <summary>版本比对: two versions laid over each other, word by word.</summary>
public sealed class RuleChangesPage(Store store) : HousePage(store)
{
    [BindProperty(SupportsGet = true)]
    public int? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? To { get; set; }

    /// <summary>Unchanged lines stand there, too.</summary>
    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    public Guid Id { get; private set; }

    public ShowRules.Changes Changes { get; private set; } = null!;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<VersionLine> Versions { get; private set; } = [];

    /// <summary>The later of the two.</summary>
    public VersionLine After => Versions.First(v => v.Version == Changes.To);

    /// <summary>Lines in the reader's language; of a text that has one language alone, that.</summary>
    public IReadOnlyList<RuleDiffLine> Lines => Texts.English ? Or(Changes.En, Changes.Zh) : Or(Changes.Zh, Changes.En);

    /// <summary>What is shown: lines, and how many unchanged ones stand between; the first of both is never empty.
    /// </summary>
    public IReadOnlyList<(IReadOnlyList<RuleDiffLine> Lines, int Skipped)> Parts
    {
        get
        {
            var parts = new List<(IReadOnlyList<RuleDiffLine>, int)>();
            var (some, skipped) = (new List<RuleDiffLine>(), 0);
            for (var i = 0; i < Lines.Count; i++)
            {
                if (All || IsNear(i))
                {
                    some.Add(Lines[i]);
                    continue;
                }
                if (some.Count > 0)
                    parts.Add((some, 0));
                some = [];
                skipped = 1;
                while (i + 1 < Lines.Count && !IsNear(i + 1))
                    (i, skipped) = (i + 1, skipped + 1);
                parts.Add(([], skipped));
            }
            if (some.Count > 0)
                parts.Add((some, 0));
            return parts;
        }
    }

    public async Task<IActionResult> OnGet(Guid id)
    {
        Id = id;
        var drafts = ListRules.ReadsDrafts(Me);
        if (
            !ModelState.IsValid
            || (await Store.Load(RuleBook.Instance, id, Ct)).State is not { } rule
            || ShowRules.Of(rule, From, To, drafts) is not { } changes
        )
            return NotFound();
        var today = Shanghai.DayOf(Now);
        (Changes, Versions) = (changes, RuleView.Of(id, rule, changes.To, today, today, drafts)!.Versions);
        return Page();
    }

    // One line before and after what changed.
    private bool IsNear(int at) =>
        Lines[at].IsChanged || (at > 0 && Lines[at - 1].IsChanged) || (at + 1 < Lines.Count && Lines[at + 1].IsChanged);

    // Where a language changed nothing the other may have.
    private static IReadOnlyList<RuleDiffLine> Or(IReadOnlyList<RuleDiffLine> own, IReadOnlyList<RuleDiffLine> other) =>
        own.Count > 1 ? own : other;
}
