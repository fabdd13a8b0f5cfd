using Hengping.App.Platform;
using Hengping.Rules.Operators;
using Hengping.Rules.Screening;

namespace Hengping.App.Operators;

/// <summary>Who runs the site: name, kind, departments, words, senders. Its pages are in Admin.</summary>
public sealed class OperatorsRoom : Room
{
    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits { get; } =
    [
        new("logo", Logo.BytesMax, LimitUnit.Bytes),
        new("paper", Operator.PaperMax),
        new("phrases", ScreeningDraft.CountMax),
        new("phrase", ScreeningDraft.LengthMax),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Book> Books => [OperatorBook.Instance];

    /// <inheritdoc/>
    public override void Add(WebApplicationBuilder builder, SiteOptions options)
    {
        builder.Services.AddSingleton<CurrentOperator>();
        builder.Services.AddSingleton<StoredWays>();
        builder.Services.AddSingleton<LawInForce>();
        builder.Services.AddTransient(all => all.GetRequiredService<LawInForce>().Known);
    }
}
