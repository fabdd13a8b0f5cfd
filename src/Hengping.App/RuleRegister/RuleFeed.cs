using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.RuleRegister;

namespace Hengping.App.RuleRegister;

/// <summary><c>/rules/feed.xml</c>: consultations, notices and what came into force, newest first, as Atom.</summary>
public static class RuleFeed
{
    private const int EntriesMax = 50;
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private sealed record Row(
        Guid Rule,
        long Version,
        string TitleZh,
        string TitleEn,
        string? ConsultationUntil,
        string? NoticeOn,
        string? InForceOn,
        long DraftedAt,
        bool Withdrawn,
        bool Technical,
        string? RecordedOn
    );

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder site) =>
        site.MapGet("/rules/feed.xml", Handle).Anyone().ExcludeFromDescription();

    private static async Task<IResult> Handle(HttpContext http, Store store, SiteAddress address, CancellationToken ct)
    {
        var rows = await store.Query<Row>(
            $"""
            select v.rule as Rule, v.version as Version, v.title_zh as TitleZh, v.title_en as TitleEn,
                   v.consultation_until as ConsultationUntil, v.notice_on as NoticeOn, v.in_force_on as InForceOn,
                   v.drafted_at as DraftedAt, v.withdrawn as Withdrawn, v.technical as Technical,
                   v.recorded_on as RecordedOn
            from rule_versions v where v.consultation_until is not null or v.in_force_on is not null
            order by v.drafted_at desc, v.rule, v.version desc limit {EntriesMax}
            """,
            null,
            ct
        );
        var today = Shanghai.DayOf(store.Now);
        var entries = rows.Select(row => Entry(row, address, today)).ToList();
        var feed = new XElement(
            Atom + "feed",
            new XElement(Atom + "id", "tag:hengping,2026:rules"),
            new XElement(Atom + "title", Texts.T("rules.feed.title")),
            new XElement(Atom + "updated", rows.Count > 0 ? Instant(Updated(rows[0], today)) : Instant(store.Now)),
            new XElement(Atom + "author", new XElement(Atom + "name", Texts.T("rules.title"))),
            new XElement(Atom + "link", new XAttribute("rel", "self"), Href(address, "/rules/feed.xml")),
            entries
        );
        var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + feed;
        return Results.Bytes(Encoding.UTF8.GetBytes(text), "application/atom+xml; charset=utf-8");
    }

    // An id that neither title nor address can change.
    private static XElement Entry(Row row, SiteAddress address, DateOnly today)
    {
        var state =
            row.Withdrawn ? RuleStatus.Withdrawn
            : row.InForceOn is not { } day ? RuleStatus.Consultation
            : RuleView.DayOf(day) > today ? RuleStatus.Notice
            : RuleStatus.InForce;
        var (zh, en) = RuleLife.Name(state);
        var title = Texts.Pick($"{zh}：{row.TitleZh}", $"{en}: {row.TitleEn}");
        return new XElement(
            Atom + "entry",
            new XElement(
                Atom + "id",
                FormattableString.Invariant($"tag:hengping,2026:rule/{row.Rule:N}/{row.Version}")
            ),
            new XElement(Atom + "title", row.Technical ? $"{title} · {Texts.T("rule.technical")}" : title),
            new XElement(Atom + "updated", Instant(Updated(row, today))),
            new XElement(Atom + "link", Href(address, $"/rules/{row.Rule:D}?version={row.Version}")),
            new XElement(
                Atom + "summary",
                string.Join(
                    Texts.Pick("；", "; "),
                    new[]
                    {
                        row.ConsultationUntil is { } until ? Texts.T("rule.until", Shown(until)) : null,
                        row.NoticeOn is { } notice ? Texts.T("rule.notice-on", Shown(notice)) : null,
                        row.InForceOn is { } first ? Texts.T("rule.in-force-on", Shown(first)) : null,
                        row.RecordedOn is { } recorded ? Texts.T("rule.recorded.on", Shown(recorded)) : null,
                    }.OfType<string>()
                )
            )
        );
    }

    // The last of its days that has come.
    private static DateTimeOffset Updated(Row row, DateOnly today) =>
        new[] { row.NoticeOn, row.InForceOn }
            .OfType<string>()
            .Select(RuleView.DayOf)
            .Where(day => day <= today)
            .Select(Shanghai.StartOf)
            .Append(DateTimeOffset.FromUnixTimeMilliseconds(row.DraftedAt))
            .Max();

    private static string Shown(string day) => Say.Day(RuleView.DayOf(day));

    private static XAttribute Href(SiteAddress address, string path) => new("href", address.Shown(path));

    private static string Instant(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
