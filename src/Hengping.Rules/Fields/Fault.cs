using Hengping.Rules.Complaints;

namespace Hengping.Rules.Fields;

/// <summary>What can be wrong with one field, as a sentence for the person who typed it.</summary>
public static class Fault
{
    public static readonly Refusal Required = new("field.required", "请填写此项", "Please fill this in");
    public static readonly Refusal Unknown = new(
        "field.unknown",
        "没有这个选项，请从列表中选择",
        "There is no such choice; pick one from the list"
    );
    public static readonly Refusal Repeated = new("field.repeated", "请不要重复选择", "Please choose each only once");
    public static readonly Refusal InTheFuture = new(
        "field.future",
        "时间不能晚于现在",
        "This cannot be in the future"
    );
    public static readonly Refusal InThePast = new("field.past", "时间应晚于现在", "This must be in the future");
    public static readonly Refusal TooFar = new(
        "field.too-far",
        "时间太远，请选择一年以内的日期",
        "That is too far away; choose a date within a year"
    );
    public static readonly Refusal Number = new("field.number", "请填写数字", "Please give a number");
    public static readonly Refusal Email = new(
        "field.email",
        "邮箱地址看起来不对，请核对",
        "This does not look like an e-mail address; please check"
    );
    public static readonly Refusal Web = new(
        "field.url",
        "网址应以 http:// 或 https:// 开头",
        "A web address begins with http:// or https://"
    );
    public static readonly Refusal Name = new(
        "field.name",
        "请填写真实姓名（至少两个字）",
        "Please give your true name (at least two letters)"
    );
    public static readonly Refusal Phone = new(
        "field.phone",
        "请填写大陆手机号（11位）或带区号的固定电话，不带分机号；港澳台及国外号码请写在陈述中，并留下邮箱",
        "Please give a mainland mobile (11 digits) or a landline with its area code, without extension; put other "
            + "numbers into your story and leave a mail address"
    );
    public static readonly Refusal Liability = new(
        "field.liability",
        "提交前需确认：所述属实，如有虚假愿承担法律责任",
        "Before filing, confirm that what you say is true and that you answer for it"
    );
    public static readonly Refusal PassOn = new(
        "field.pass-on",
        "投诉要转给被投诉方才能处理，请同意递交；如只想反映线索，可以选择举报",
        "A complaint is handled by passing it on, so we need this consent; to only tell of a breach, make a report"
    );
    public static readonly Refusal Evidence = new(
        "field.evidence",
        "有证据文件不存在或不是您上传的",
        "A piece of evidence is unknown or was not uploaded by you"
    );
    public static readonly Refusal NotAPlatform = new(
        "field.not-a-platform",
        "商家投诉的对象应是平台",
        "A merchant's complaint must be against a platform"
    );
    public static readonly Refusal Itself = new(
        "field.itself",
        "不能投诉自己",
        "Nobody can complain against themselves"
    );
    public static readonly Refusal Satisfaction = new(
        "field.satisfaction",
        "请打0到10的整数分",
        "Please give a whole number from 0 to 10"
    );
    public static readonly Refusal OfferEmpty = new(
        "field.offer",
        "请写明方案：给出金额，或用至少10个字说明怎样解决",
        "Say what you offer: a sum, or at least 10 characters on how it will be solved"
    );

    public static Refusal TooLong(int max) =>
        new("field.too-long", $"最多{max:N0}个字，请精简", $"At most {max:N0} characters; please shorten it");

    public static Refusal TooShort(int min) =>
        new(
            "field.too-short",
            $"至少{min}个字，请说得具体一些",
            $"At least {min} characters; please say a little more"
        );

    /// <summary>A day outside of what makes sense, the ends included.</summary>
    public static Refusal DayBetween(DateOnly from, DateOnly to) =>
        new(
            "field.day",
            $"请填写{from:yyyy-MM-dd}至{to:yyyy-MM-dd}之间的日期",
            $"Please give a day from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}"
        );

    /// <summary>A number outside of what is taken, the ends included.</summary>
    public static Refusal NumberBetween(long from, long to) =>
        new(
            "field.number",
            $"请填写{from:N0}到{to:N0}之间的整数",
            $"Please give a whole number from {from:N0} to {to:N0}"
        );

    public static Refusal TooMany(int max) => new("field.too-many", $"最多{max}项", $"At most {max}");

    public static Refusal Amount(decimal max) =>
        new(
            "field.amount",
            $"请填写0到{max:N0}之间的金额，最多两位小数",
            $"Please give a sum between 0 and {max:N0} with at most two decimals"
        );
}

/// <summary>Collects the faults of a form, first per field; also cleans texts on the way.</summary>
public sealed class FieldFaults
{
    private Dictionary<string, Refusal>? found;

    /// <summary>Field (camelCase path of the contract) → what is wrong; empty when all is well.</summary>
    public IReadOnlyDictionary<string, Refusal> All =>
        found
        ?? (IReadOnlyDictionary<string, Refusal>)
            System.Collections.Immutable.ImmutableDictionary<string, Refusal>.Empty;

    /// <summary>Nothing is wrong.</summary>
    public bool None => found is null;

    /// <summary>Notes a fault; the first of a field stays.</summary>
    public void Add(string field, Refusal fault) => (found ??= new(StringComparer.Ordinal)).TryAdd(field, fault);

    /// <summary>Notes a fault where <paramref name="wrong"/>.</summary>
    public void If(bool wrong, string field, Refusal fault)
    {
        if (wrong)
            Add(field, fault);
    }

    /// <summary>A text of several lines within limits; empty where absent and not needed.</summary>
    public string Text(string field, string? typed, int min, int max)
    {
        var text = PlainText.Lines(typed);
        if (text is null && min > 0)
            Add(field, Fault.Required);
        else if (text is not null && PlainText.Length(text) < min)
            Add(field, Fault.TooShort(min));
        else if (text is not null && PlainText.LongerThan(text, max))
            Add(field, Fault.TooLong(max));
        return text ?? "";
    }

    /// <summary>One line that may be absent.</summary>
    public string? Line(string field, string? typed, int max)
    {
        var text = PlainText.Line(typed);
        if (text is not null && PlainText.LongerThan(text, max))
            Add(field, Fault.TooLong(max));
        return text;
    }

    /// <summary>A code of a list.</summary>
    public string Code(string field, string? typed, IReadOnlySet<string> known)
    {
        if (string.IsNullOrWhiteSpace(typed))
            Add(field, Fault.Required);
        else if (!known.Contains(typed))
            Add(field, Fault.Unknown);
        return typed ?? "";
    }

    /// <summary>CNY, not negative, at most two decimals.</summary>
    public void Money(string field, decimal? amount, decimal max)
    {
        if (amount is { } sum && (sum < 0 || sum > max || decimal.Round(sum, 2) != sum))
            Add(field, Fault.Amount(max));
    }

    /// <summary>A web address that may be absent.</summary>
    public string? Web(string field, string? typed)
    {
        var text = Line(field, typed, 2_000);
        if (
            text is not null
            && !(Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        )
            Add(field, Fault.Web);
        return text;
    }

    /// <summary>Evidence ids: few and different. That they exist and are the caller's is for the door to ask.</summary>
    public IReadOnlyList<Guid> Evidence(IReadOnlyList<Guid>? ids, string field = "evidence")
    {
        if (ids is null || ids.Count == 0)
            return [];
        If(ids.Count > Filing.EvidenceMax, field, Fault.TooMany(Filing.EvidenceMax));
        return ids.Distinct().ToList();
    }
}
