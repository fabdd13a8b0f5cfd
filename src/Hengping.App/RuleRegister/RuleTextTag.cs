using Hengping.Rules.RuleRegister;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Hengping.App.RuleRegister;

/// <summary>A clause as it is read: its first line stands out, what is bold stays bold (令116 art. 8).</summary>
[HtmlTargetElement("rule-text")]
public sealed class RuleTextTag : TagHelper
{
    /// <summary>In Markdown.</summary>
    public string Of { get; set; } = "";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "rule-text");
        var lines = Of.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (RuleWords.Plain(lines[i]).Length == 0)
                continue;
            var isHead = RuleWords.IsHeading(lines, i);
            output.Content.AppendHtml(isHead ? "<p><strong>" : "<p>");
            var isBold = false;
            foreach (var part in RuleWords.WithoutLead(lines[i]).Split("**"))
            {
                if (part.Length > 0)
                {
                    output.Content.AppendHtml(isBold && !isHead ? "<strong>" : "");
                    output.Content.Append(RuleWords.Inline(part));
                    output.Content.AppendHtml(isBold && !isHead ? "</strong>" : "");
                }
                isBold = !isBold;
            }
            output.Content.AppendHtml(isHead ? "</strong></p>" : "</p>");
        }
    }
}
