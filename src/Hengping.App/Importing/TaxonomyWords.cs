namespace Hengping.App.Importing;

/// <summary>Codes of the taxonomy that a source may use as they are.</summary>
internal static class TaxonomyWords
{
    public static readonly IReadOnlySet<string> Problems = new HashSet<string>(StringComparer.Ordinal)
    {
        "refund",
        "quality",
        "shipping",
        "fraud",
        "unfair-terms",
        "after-sales",
        "return-exchange",
        "false-promotion",
        "counterfeit",
        "order",
        "not-as-described",
        "customer-service",
        "logistics",
        "data-leak",
        "invoice",
        "late-delivery",
        "ticket-fee",
        "minor-payment",
        "other",
    };

    public static readonly IReadOnlySet<string> Demands = new HashSet<string>(StringComparer.Ordinal)
    {
        "refund",
        "return",
        "exchange",
        "repair",
        "redo",
        "make-up-quantity",
        "compensation",
        "apology",
        "other",
    };
}
