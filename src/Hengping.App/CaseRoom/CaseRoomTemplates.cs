using Hengping.App.Workbench;
using Hengping.Rules.Complaints;
using Hengping.Rules.Workbench;
using Microsoft.AspNetCore.Mvc;

namespace Hengping.App.CaseRoom;

/// <summary>The merchant's own texts, filled in for this case, to begin a reply with.</summary>
public sealed partial class CaseRoomPage
{
    /// <summary>The one that was asked for in the address: without script, that is how it is inserted.</summary>
    [BindProperty(SupportsGet = true)]
    public int Template { get; set; }

    /// <summary>All of them, filled in.</summary>
    public IReadOnlyList<KeepTemplates.TemplateShown> Templates { get; private set; } = [];

    /// <summary>The one asked for, filled in.</summary>
    public string? TemplateFilled { get; private set; }

    /// <summary>Its variables for which this case has no value.</summary>
    public IReadOnlyList<string> MissingInTemplate { get; private set; } = [];

    private async Task LookAtTemplates(ComplaintEvent.Filed filed)
    {
        if (Reader != Party.Respondent || Me!.Merchant is not { } merchant || !May(Verb.Reply))
            return;
        var own = await KeepTemplates.Of(Store, merchant, Ct);
        Templates = [.. own.Select(t => t with { Text = Fill(t.Text).Text })];
        if (own.FirstOrDefault(t => t.No == Template) is { } asked)
            (TemplateFilled, MissingInTemplate) = Fill(asked.Text);

        (string Text, IReadOnlyList<string> Missing) Fill(string text) =>
            TemplateText.Fill(text, FilledReply.Of(Case, text, filed));
    }
}
