using System.Globalization;

namespace Hengping.App.Bench;

/// <summary>Whose lists <c>bench lists</c> asks for, and by which tokens.</summary>
/// <param name="Big">The merchant that has two fifths of all cases.</param>
/// <param name="Small">One that has few.</param>
/// <param name="Number">A case.</param>
/// <param name="Sectors">A common and a rare one.</param>
/// <param name="Tokens">By role.</param>
internal sealed record ListsAsked(
    Guid Big,
    Guid Small,
    string Number,
    string[] Sectors,
    Dictionary<string, string> Tokens
)
{
    /// <summary>A common and a rare one.</summary>
    public required string[] Problems { get; init; }

    /// <summary>An address, and who asks it: a role, or nobody.</summary>
    public sealed record Ask(string Who, string Path)
    {
        /// <summary>A page of people, with a session; else the API with a token.</summary>
        public bool IsPage => !Path.StartsWith("/api", StringComparison.Ordinal);
    }

    private static readonly string[] Sorts = ["-filed", "filed", "due", "priority"];

    private static readonly string[] DeskViews =
    [
        "queue",
        "screen",
        "contested",
        "silent",
        "mediation",
        "review",
        "told",
        "all",
    ];

    /// <summary>Every one of them, by what is offered.</summary>
    public IEnumerable<Ask> All(DateTimeOffset now)
    {
        foreach (var sort in Sorts)
        {
            foreach (var filter in OfStaff(now))
                yield return new("mediator", $"/api/v1/complaints?sort={sort}{filter}");
            foreach (var filter in OfMerchant(now))
                yield return new("merchant", $"/api/v1/complaints?sort={sort}{filter}");
            yield return new("claimant", $"/api/v1/complaints?sort={sort}");
            yield return new("claimant", $"/api/v1/complaints?sort={sort}&status=closed");
        }
        foreach (var ask in Pages())
            yield return ask;
    }

    private IEnumerable<string> OfStaff(DateTimeOffset now)
    {
        yield return "";
        foreach (var status in new[] { "filed", "delivered", "contested", "inMediation", "closed", "declined" })
            yield return "&status=" + status;
        yield return "&status=filed,contested,closed";
        yield return "&priority=p0";
        yield return "&priority=p3";
        foreach (var sector in Sectors)
            yield return "&sector=" + sector;
        foreach (var problem in Problems)
            yield return "&problem=" + problem;
        foreach (var sector in Sectors)
        foreach (var problem in Problems)
            yield return $"&sector={sector}&problem={problem}";
        yield return $"&status=closed&sector={Sectors[1]}";
        yield return $"&status=contested&sector={Sectors[0]}&problem={Problems[1]}&priority=p1";
        yield return $"&status=closed&priority=p0&problem={Problems[0]}";
        yield return $"&respondent={Big}";
        yield return $"&respondent={Big}&status=contested";
        yield return $"&respondent={Big}&sector={Sectors[1]}&problem={Problems[1]}";
        yield return $"&respondent={Small}";
        yield return $"&respondent={Small}&status=closed";
        yield return Month(now);
        yield return $"{Month(now)}&sector={Sectors[1]}";
        yield return "&q=测量商家000";
        yield return "&q=测量商家199";
        yield return "&q=商家000&status=contested";
        yield return "&q=" + Number;
    }

    private IEnumerable<string> OfMerchant(DateTimeOffset now)
    {
        yield return "";
        foreach (var status in new[] { "delivered", "contested", "closed" })
            yield return "&status=" + status;
        yield return "&priority=p0";
        yield return $"&sector={Sectors[1]}";
        yield return $"&sector={Sectors[1]}&problem={Problems[1]}";
        yield return Month(now);
        yield return "&q=" + Number;
    }

    private static string Month(DateTimeOffset now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"&from={now.AddDays(-90):yyyy-MM-dd}&to={now.AddDays(-60):yyyy-MM-dd}"
        );

    private IEnumerable<Ask> Pages()
    {
        foreach (var view in DeskViews)
            yield return new("mediator", "/desk?view=" + view);
        foreach (var more in new[] { "&mine=1", "&priority=p0", "&late=1" })
        {
            yield return new("mediator", "/desk?view=queue" + more);
            yield return new("mediator", "/desk?view=all" + more);
        }
        yield return new("mediator", "/desk?q=测量商家000");
        foreach (var path in new[] { "/desk/reports", "/desk/measures", "/desk/appeals", "/desk/claims" })
            yield return new(path == "/desk/appeals" ? "reviewer" : "mediator", path);
        foreach (var view in new[] { "waiting", "replied", "mediation", "contested", "all", "filed" })
            yield return new("merchant", "/merchant?view=" + view);
        foreach (var sort in new[] { "newest", "sum" })
        {
            yield return new("merchant", "/merchant?view=waiting&sort=" + sort);
            yield return new("merchant", "/merchant?view=replied&sort=" + sort);
        }
        yield return new("merchant", "/merchant?view=replied&sort=due");
        yield return new("merchant", "/merchant/numbers");
        yield return new("merchant", "/merchant/measures");
        yield return new("claimant", "/me");
        foreach (var role in new[] { "claimant", "merchant", "mediator", "reviewer", "admin", "regulator" })
            yield return new(role, "/");
        foreach (var merchant in new[] { Big, Small })
            yield return new("mediator", $"/merchants/{merchant}");
        foreach (var path in new[] { "/ratings", "/measures", "/rules", "/search?q=退款", "/search?q=测量" })
            yield return new("mediator", path);
        foreach (var path in new[] { "", "/merchants", "/outbox", "/jobs", "/staff", "/rules" })
            yield return new("admin", "/admin" + path);
        yield return new("mediator", "/api/v1/reports");
        yield return new("mediator", "/api/v1/reports?status=received");
        yield return new("regulator", "/api/v1/reports");
        yield return new("mediator", "/api/v1/measures");
        yield return new("reviewer", "/api/v1/appeals");
        yield return new("mediator", "/api/v1/merchants");
        yield return new("mediator", "/api/v1/merchants?q=测量");
        yield return new("mediator", "/api/v1/rules");
    }
}
