using Hengping.App.Complaints;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Workbench;

/// <summary>What the variables of a template stand for in one case, as its respondent may see it.</summary>
public static class FilledReply
{
    /// <summary>The values; null where the case has none or they were erased.</summary>
    public static async Task<IReadOnlyDictionary<string, string?>> Values(
        Store store,
        Guid id,
        Complaint complaint,
        string template,
        CancellationToken ct
    )
    {
        var story = await store.ReadStory(ComplaintBook.Instance, id, ct);
        return Of(complaint, template, story is [{ Event: ComplaintEvent.Filed filed }, ..] ? filed : null);
    }

    /// <summary>
    /// The same from a story that is at hand. Words are in the language of the template, whatever its writer reads.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Of(
        Complaint complaint,
        string template,
        ComplaintEvent.Filed? filed
    )
    {
        var chinese = template.Any(letter => letter is >= '\u4e00' and <= '\u9fff');
        var address = Texts.All["case.surname"][chinese ? 0 : 1];
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["number"] = complaint.Number,
            ["buyer"] = filed?.Contact?.Name is { Length: > 0 } name
                ? string.Format(Say.Machine, address, PersonName.Surname(name))
                : null,
            ["amount"] = complaint.Amount is { } sum ? Say.Money(sum) : null,
            ["order"] = filed?.Story?.OrderNo,
            ["problem"] = Names.Problem(complaint.Problem, chinese),
        };
    }
}
