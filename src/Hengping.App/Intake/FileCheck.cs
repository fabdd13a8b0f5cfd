using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Clocks;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Intake;

/// <summary>One answer as it is shown before filing.</summary>
/// <param name="Step">Where it is changed.</param>
/// <param name="Field">Id of its field there.</param>
public sealed record Answer(string Label, string Said, int Step, string Field)
{
    /// <summary>Between step and field, in what its button sends.</summary>
    public const char Part = '|';

    /// <summary>Where it is changed, as its button sends it.</summary>
    public string Place => $"{Step}{Part}{Field}";
}

// What is asked of each step before the next, and all answers before they are sent.
public sealed partial class FilePage
{
    /// <summary>Everything that was answered, in the order it was asked; what was left empty is not there.</summary>
    public IEnumerable<Answer> Answers =>
        new (string Label, string? Said, int Step, string Field)[]
        {
            ("file.whom", Form.RespondentName, 1, "f-respondent"),
            ("file.shop", Form.ShopName, 1, "f-shop-name"),
            ("case.selfOperated", Form.SelfOperated ? Texts.T("file.check.yes") : null, 1, "f-selfoperated"),
            ("case.seenOn.platform", Form.SeenPlatform, 1, "f-seenon-platform"),
            ("case.seenOn.address", Form.SeenAddress, 1, "f-seenon-address"),
            ("file.seen.ad", Form.SeenAdvertised ? Texts.T("file.check.yes") : null, 1, "f-seenon-platform"),
            ("case.live.operator", Form.LiveOperator, 1, "f-live-operator"),
            ("case.live.presenter", Form.LivePresenter, 1, "f-live-presenter"),
            ("case.live.agency", Form.LiveAgency, 1, "f-live-agency"),
            ("file.sector", Named(Form.Sector, Names.Sector, Form.OtherSector), 1, "f-sector"),
            ("file.problem", Named(Form.Problem, Names.Problem, Form.OtherProblem), 1, "f-problem"),
            ("file.story", Form.Story, 2, "f-story"),
            ("file.danger", Texts.T("file.danger." + DangerSaid), 2, "f-danger"),
            ("case.order", Form.OrderNo, 2, "f-orderno"),
            ("case.orderedAt", DaySaid(Form.OrderedAt), 2, "f-orderedat"),
            ("file.amount", Form.Amount, 2, "f-amount"),
            ("file.contactedAt", DaySaid(Form.ContactedAt), 2, "f-contactedmerchant-at"),
            ("file.merchantSaid", Form.MerchantAnswer, 2, "f-contactedmerchant-answer"),
            ("file.demands", string.Join(Texts.T("say.list"), Form.Demands.Select(DemandSaid)), 3, "f-demands"),
            ("file.proof", Say.Many("file.check.files", Form.Evidence.Count), 3, "f-evidence"),
            ("file.name", Form.ContactName, Contact, "f-contact-name"),
            ("signin.phone", Form.ContactPhone, Contact, Me is null ? "f-phone" : "f-contact-phone"),
            ("file.email", Form.ContactEmail, Contact, "f-contact-email"),
            (
                "file.province",
                Provinces.FirstOrDefault(p => p.Code == Form.Province)?.Name,
                Contact,
                "f-contact-province"
            ),
            ("file.for", Texts.T("file.for." + (Form.FiledFor ?? Words.Of(FiledFor.Self))), Contact, "f-filedfor"),
            ("file.authority", Form.Authority, Contact, "f-authority"),
            ("file.consents", Consented, Contact, "f-consents-passon"),
            ("file.report", Form.ReportToo ? Texts.T("file.check.yes") : null, Contact, "f-reporttoo"),
        }
            .Where(one => !string.IsNullOrWhiteSpace(one.Said))
            .Select(one => new Answer(Texts.T(one.Label), one.Said!, one.Step, one.Field));

    private string Consented =>
        string.Join(
            Texts.T("say.list"),
            new[]
            {
                Form.PassOn ? Texts.T("file.passOn", Form.RespondentName ?? "") : null,
                Form.Call ? Texts.T("file.call") : null,
                Form.Publish ? Texts.T("file.publish") : null,
                Form.Sensitive ? Texts.T("file.sensitive") : null,
            }.OfType<string>()
        );

    // A day in words; what is none stays as it was typed.
    private static string? DaySaid(string? typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", out var day) ? Say.Day(day) : typed;

    private string DangerSaid => Form.IsDangerSaid ? (Form.Danger == "true").ToString() : "none";

    private string DemandSaid(string code) => Named(code, Names.Demand, Form.OtherDemand)!;

    private static string? Named(string? code, Func<string, string> name, string? other) =>
        code is not { Length: > 0 } ? null
        : code == "other" && !string.IsNullOrWhiteSpace(other) ? Texts.T("file.other.said", name(code), other.Trim())
        : name(code);

    /// <summary>The fields of this step, by the rules that judge the whole filing in the end.</summary>
    private void Check()
    {
        var all = new FieldFaults();
        if (Step == 1)
        {
            all.If(string.IsNullOrWhiteSpace(Form.RespondentName), "respondent", Rules.Fields.Fault.Required);
            all.Code("sector", Form.Sector, Lists.Codes.Sectors);
            all.Line("shop.name", Form.ShopName, 200);
            all.Code("problem", Form.Problem, Lists.Codes.Problems(Side));
            all.Line("other.problem", Form.OtherProblem, OtherSaid.LengthMax);
            all.Line("other.sector", Form.OtherSector, OtherSaid.LengthMax);
            all.If(IsUnsaid(Form.Problem, Form.OtherProblem), "other.problem", Rules.Fields.Fault.Required);
            SeenOn.Check(new SeenOn(Form.SeenPlatform, Form.SeenAddress, Form.SeenAdvertised), all);
            LiveParties.Check(new LiveParties(Form.LiveOperator, Form.LivePresenter, Form.LiveAgency), all);
            // Of a merchant that is known nobody is asked for its sector.
            var isUnsaid = Form.RespondentId is null && IsUnsaid(Form.Sector, Form.OtherSector);
            all.If(isUnsaid, "other.sector", Rules.Fields.Fault.Required);
        }
        else if (Step == 2)
        {
            all.Text("story", Form.Story, Filing.StoryMin, Filing.StoryMax);
            all.If(!Form.IsDangerSaid, "danger", Rules.Fields.Fault.Required);
            var ordered = all.Date("orderedAt", Form.OrderedAt);
            all.If(ordered > Shanghai.DayOf(Now), "orderedAt", Rules.Fields.Fault.InTheFuture);
            all.Line("orderNo", Form.OrderNo, 64);
            all.Line("contactedMerchant.answer", Form.MerchantAnswer, 2_000);
            if (Sums.Typed(Form.Amount).Refusal is { } noSum)
                all.Add("amount", noSum);
            var contacted = all.Instant("contactedMerchant.at", Form.ContactedAt);
            all.If(contacted > Now, "contactedMerchant.at", Rules.Fields.Fault.InTheFuture);
        }
        else if (Step == 3)
        {
            all.If(Form.Demands.Count == 0, "demands", Rules.Fields.Fault.Required);
            all.Line("other.demand", Form.OtherDemand, OtherSaid.LengthMax);
            var isUnsaid = Form.Demands.Contains("other") && IsUnsaid("other", Form.OtherDemand);
            all.If(isUnsaid, "other.demand", Rules.Fields.Fault.Required);
        }
        else if (Step == Contact)
        {
            CheckContact(all);
        }
        Fault(all.All);
    }

    // "Other", and nothing that says what: nobody can work with it.
    private static bool IsUnsaid(string? code, string? words) => code == "other" && string.IsNullOrWhiteSpace(words);

    private void CheckContact(FieldFaults all)
    {
        var name = PlainText.Name(Form.ContactName);
        all.If(name is null, "contact.name", Rules.Fields.Fault.Required);
        all.If(name is not null && !PersonName.IsPlausible(name), "contact.name", Rules.Fields.Fault.Name);
        if (Me is null && !Form.Reviewed)
            Faults["phone"] = Texts.T("file.phone.verify");
        else
            all.If(
                PhoneNumber.Normalise(Form.ContactPhone) is null,
                Me is null ? "phone" : "contact.phone",
                Rules.Fields.Fault.Phone
            );
        var email = PlainText.Plain(Form.ContactEmail);
        all.If(email is { Length: > 0 } && !MailAddress.Is(email), "contact.email", Rules.Fields.Fault.Email);
        all.If(!Form.PassOn, "consents.passOn", Rules.Fields.Fault.PassOn);
        all.If(!Form.LiabilityAccepted, "liabilityAccepted", Rules.Fields.Fault.Liability);
    }
}
