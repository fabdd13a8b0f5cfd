using System.Text;
using System.Text.Json;
using Hengping.App.Platform;
using Hengping.Rules.Ratings;

namespace Hengping.App.Ratings;

/// <summary>What a published list was written in, and how one of format 1 becomes one of format 2.</summary>
internal static class PublishedFormat
{
    /// <summary>Why such a version was published.</summary>
    public const string Reason =
        "以格式 2 重新发布：各项数字不变，区间取最宽，公开数据不再显示单个评分 / "
        + "published again in format 2: the numbers stay, intervals are the widest that fit, "
        + "and the open data tell no single score";

    /// <summary>1 or 2.</summary>
    public static int Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return PublishedList.FormatOf(document.RootElement);
    }

    /// <summary>The same list from its own case file.</summary>
    public static Renewed Renewed(ListEvent.Published old, ListRequest asked, string data)
    {
        using var document = JsonDocument.Parse(old.Json);
        var list = document.RootElement;
        var basis = Published.BasisOf(list.GetProperty("cases"));
        var facts = list.GetProperty("rows").EnumerateArray().Select(PublishedList.FactsOf).ToDictionary(m => m.Id);
        var cases = Cases(old, asked, basis, data);
        // What it told is told: this list takes back no number.
        var frozen = FrozenList.Of(
            new FrozenAs(asked.Period, asked.Sector, asked.Side, asked.Policy, old.AsOf),
            cases,
            id => facts[id],
            FrozenList.SaidIn(cases)
        );
        // Whom decisions touched is in no case file: the list says it as it did, as a whole.
        var numbers = frozen.List with
        {
            Basis = frozen.List.Basis with { Touched = basis.Touched },
            Rows = [.. frozen.List.Rows.Select(row => row with { Touched = null })],
        };
        return new Renewed(frozen with { List = numbers }, list.GetProperty("logPosition").GetInt64());
    }

    private static List<(RatingCase Case, CaseWords Words)> Cases(
        ListEvent.Published old,
        ListRequest asked,
        ListBasis basis,
        string data
    )
    {
        var path = OpenFiles.CasesOf(data, old.CaseFile);
        if (!File.Exists(path))
            throw new Refused("file.missing", $"缺少文件 {path}", $"the case file {path} is missing");
        using var reader = new StreamReader(path, new UTF8Encoding(false));
        return
        [
            .. CaseFile
                .ReadAll(reader, asked.Side)
                // The file names no claimants: merchants of too few are named in the list instead.
                .Select(c =>
                    basis.TooFewClaimants.Contains(c.Case.Merchant)
                        ? (c.Case with { Claimant = Guid.Empty }, c.Words)
                        : c
                ),
        ];
    }
}
