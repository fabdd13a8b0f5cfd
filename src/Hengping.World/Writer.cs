using System.Globalization;
using System.Text;

namespace Hengping.World;

/// <summary>Writes the texts of one case: the story and all that is said later.</summary>
public sealed class Writer(CasePlan plan, Chance chance)
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;
    private readonly Func<string, string> slot = name => Fill(name, plan, chance);

    /// <summary>A line of a list, with this case's names and sums.</summary>
    public string Say(string heading) => Phrasebook.Shared.Say(heading, chance, slot);

    /// <summary>The words of an offer: they name the sum it offers, and no other.</summary>
    public string Offer(decimal sum) =>
        Phrasebook.Shared.Say(
            "offer terms",
            chance,
            name => name == "offered" ? sum.ToString("0.##", Plain) : slot(name)
        );

    /// <summary>The claimant's story.</summary>
    /// <param name="kind">goods, service or merchant.</param>
    public string Story(string kind)
    {
        var text = new StringBuilder();
        var seller = kind == "merchant";
        Add(text, $"opening {kind}");
        Add(text, $"{plan.Problem} {Fitting(plan.Problem, kind)}");
        if (seller || chance.Hits(0.85))
            Add(text, seller ? "contact merchant" : "contact");
        if (!seller && chance.Hits(0.3))
            Add(text, "contact");
        if (chance.Hits(0.5))
            Add(text, "feeling");
        Add(text, seller ? "demand merchant" : $"demand {plan.Demands[0]}");
        return text.ToString();
    }

    private void Add(StringBuilder text, string heading) => Phrasebook.Shared.Write(text, heading, chance, slot);

    private static string Fitting(string problem, string kind)
    {
        if (Phrasebook.Shared.Has($"{problem} {kind}"))
            return kind;
        return Phrasebook.Shared.Has($"{problem} any") ? "any" : "goods";
    }

    private static string Fill(string name, CasePlan plan, Chance chance) =>
        name switch
        {
            "merchant" => plan.Respondent.Name,
            "shop" => plan.Shop?.Name ?? plan.Respondent.Name + "自营",
            "goods" => plan.Thing,
            "order" => plan.OrderNo,
            "amount" => plan.Amount.ToString("0.##", Plain),
            "small" => Math.Max(2, Math.Round(plan.Amount * chance.Between(5, 40) / 100)).ToString("0", Plain),
            "date" => string.Create(Plain, $"{plan.OrderedAt.Month}月{plan.OrderedAt.Day}日"),
            "days" => Days(plan, chance.Between(3, 28)).ToString(Plain),
            "hours" => chance.Between(1, 3).ToString(Plain),
            "n" => Days(plan, chance.Between(2, 8)).ToString(Plain),
            "age" => chance.Between(6, 13).ToString(Plain),
            "surname" => plan.Claimant?.Surname ?? "店主",
            "promise" => Phrasebook.Shared.Say($"promise {Wares.Of(plan.Respondent.Sector).Kind}", chance, _ => ""),
            _ => throw new InvalidOperationException($"No such slot: {name}"),
        };

    // Nobody has waited longer than since they ordered.
    private static int Days(CasePlan plan, int drawn) =>
        Math.Clamp(
            drawn,
            1,
            Math.Max(1, DateOnly.FromDateTime(plan.FiledAt.DateTime).DayNumber - plan.OrderedAt.DayNumber)
        );
}
