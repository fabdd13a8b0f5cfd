namespace Hengping.App.Importing;

/// <summary>The mappings of sources that others publish.</summary>
public static class KnownMappings
{
    private static readonly Dictionary<string, string> Problems = new(StringComparer.Ordinal)
    {
        ["虚假宣传"] = "false-promotion",
        ["不予退款"] = "refund",
        ["退款"] = "refund",
        ["质量问题"] = "quality",
        ["欺诈"] = "fraud",
        ["存在欺骗行为"] = "fraud",
        ["霸王条款"] = "unfair-terms",
        ["售后问题"] = "after-sales",
        ["服务不到位"] = "after-sales",
        ["拒绝退换"] = "return-exchange",
        ["未履行7天无理由退货"] = "return-exchange",
        ["假货"] = "counterfeit",
        ["订单问题"] = "order",
        ["货不对板"] = "not-as-described",
        ["客服不处理"] = "customer-service",
        ["客服不处理/处理不当"] = "customer-service",
        ["联系不到客服"] = "customer-service",
        ["物流问题"] = "logistics",
        ["发货问题"] = "shipping",
        ["信息泄露"] = "data-leak",
        ["发票问题"] = "invoice",
    };

    private static readonly Dictionary<string, string> Demands = new(StringComparer.Ordinal)
    {
        ["退款"] = "refund",
        ["退费"] = "refund",
        ["退货"] = "return",
        ["退货退款"] = "return",
        ["换货"] = "exchange",
        ["维修"] = "repair",
        ["修理"] = "repair",
        ["重作"] = "redo",
        ["补足数量"] = "make-up-quantity",
        ["赔偿"] = "compensation",
        ["赔偿损失"] = "compensation",
        ["道歉"] = "apology",
    };

    private static readonly Dictionary<string, string> Dollars = new(StringComparer.Ordinal) { ["currency"] = "USD" };

    /// <summary>By the name <c>--map</c> takes.</summary>
    public static readonly IReadOnlyDictionary<string, Mapping> All = new Dictionary<string, Mapping>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["cfpb"] = Bureau("cfpb"),
        ["ccdb"] = Bureau("ccdb"),
        ["nyc"] = NewYork(),
        ["heimao"] = Heimao(),
        ["tipdm"] = Tipdm(),
        ["reclameaqui"] = ReclameAqui(),
    };

    // One pipeline in its four schemas: what the bureau takes in and what it publishes, before and after 2020.
    private static Mapping Bureau(string source) =>
        new()
        {
            Source = source,
            Header =
            [
                ["Date received", "date_received"],
                ["Date sent to company", "date_sent_to_company"],
            ],
            Id = ["Complaint ID", "public_id", "complaint_id"],
            Filed = ["Date received", "date_received"],
            Delivered = ["Date sent to company", "date_sent_to_company"],
            Respondent = ["Company", "company"],
            Text = ["Consumer complaint narrative", "consumer_narrative", "complaint_what_happened"],
            Response =
            [
                "Company response to consumer",
                "company_response_to_consumer",
                "company_response",
                "Company response",
            ],
            Unanswered = ["In progress", "Untimely response"],
            Timely = ["Timely response?", "timely_response", "timely"],
            Dates = DateOrder.Mdy,
            Tags = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
            {
                ["product"] = ["Product"],
                ["subProduct"] = ["Sub-product", "sub_product"],
                ["issue"] = ["Issue"],
                ["subIssue"] = ["Sub-issue", "sub_issue"],
                ["state"] = ["State"],
                ["via"] = ["Submitted via", "submitted_via"],
                ["response"] = ["Company response to consumer", "company_response_to_consumer", "company_response"],
            },
        };

    private static Mapping NewYork() =>
        new()
        {
            Source = "nyc",
            Header =
            [
                ["Business Name"],
                ["Mediation Start Date"],
                ["Mediation Close Date"],
                ["Complaint Result"],
            ],
            Filed = ["Mediation Start Date"],
            Respondent = ["Business Name"],
            Closed = ["Mediation Close Date"],
            Result = ["Complaint Result"],
            Results = new Dictionary<string, Course>(StringComparer.Ordinal)
            {
                ["ULV"] = Course.Excluded,
                ["OOB"] = Course.Excluded,
                ["CIN"] = Course.Declined,
                ["NVR"] = Course.Terminated,
                ["CWC"] = Course.Withdrawn,
            },
            Recovered = ["Restitution"],
            Score = ["Satisfaction"],
            Scores = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase)
            {
                ["Yes"] = 7.5m,
                ["No"] = 2.5m,
            },
            Dates = DateOrder.Mdy,
            Tags = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
            {
                ["industry"] = ["Industry"],
                ["type"] = ["Complaint Type"],
                ["result"] = ["Complaint Result"],
            },
            Marks = Dollars,
        };

    private static Mapping Heimao() =>
        new()
        {
            Source = "heimao",
            Header =
            [
                ["target"],
                ["issue"],
                ["demand"],
            ],
            Respondent = ["target"],
            Text = ["title", "detail"],
            Problem = ["issue"],
            Problems = Problems,
            Demands = ["demand"],
            DemandWords = Demands,
        };

    private static Mapping Tipdm() =>
        new()
        {
            Source = "tipdm",
            Header =
            [
                ["留言编号"],
                ["留言时间"],
                ["答复时间"],
            ],
            Id = ["留言编号"],
            Filed = ["留言时间"],
            FixedRespondent = "网络问政受理机关",
            Claimant = ["留言用户"],
            Text = ["留言主题", "留言详情"],
            Replied = ["答复时间"],
            Reply = ["答复意见"],
        };

    private static Mapping ReclameAqui() =>
        new()
        {
            Source = "reclameaqui",
            Header =
            [
                ["ID"],
                ["TEMPO"],
                ["STATUS"],
            ],
            Id = ["ID"],
            Filed = ["TEMPO"],
            Text = ["TEMA", "DESCRICAO"],
            Response = ["STATUS"],
            Unanswered = ["Não respondida", "Nao respondida"],
            Dates = DateOrder.Dmy,
            Tags = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
            {
                ["category"] = ["CATEGORIA"],
                ["place"] = ["LOCAL"],
                ["status"] = ["STATUS"],
            },
        };
}
