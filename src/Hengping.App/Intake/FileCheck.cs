using Hengping.App.Design;
using Hengping.App.Platform;
using Hengping.Rules.Complaints;
using Hengping.Rules.Fields;

namespace Hengping.App.Intake;

/// <summary>One answer as it is shown before filing.</summary>
/// <param name="Step">Where it is changed.</param>
public sealed record Answer(string Label, string Said, int Step);

// What is asked of each step before the next, and all answers before they are sent.
public sealed partial class FilePage
{
    /// <summary>Everything that was answered, in the order it was asked; what was left empty is not there.</summary>
    public IEnumerable<Answer> Answers =>
        new (string Label, string? Said, int Step)[]
        {
            ("file.whom", Form.RespondentName, 1),
            ("file.shop", Form.ShopName, 1),
            ("case.selfOperated", Form.SelfOperated ? Texts.T("file.check.yes") : null, 1),
            ("case.seenOn.platform", Form.SeenPlatform, 1),
            ("case.seenOn.address", Form.SeenAddress, 1),
            ("file.seen.ad", Form.SeenAdvertised ? Texts.T("file.check.yes") : null, 1),
            ("case.live.operator", Form.LiveOperator, 1),
            ("case.live.presenter", Form.LivePresenter, 1),
            ("case.live.agency", Form.LiveAgency, 1),
            ("file.sector", Named(Form.Sector, Names.Sector, Form.OtherSector), 1),
            ("file.problem", Named(Form.Problem, Names.Problem, Form.OtherProblem), 1),
            ("file.story", Form.Story, 2),
            ("file.danger", Texts.T("file.danger." + DangerSaid), 2),
            ("case.order", Form.OrderNo, 2),
            ("case.orderedAt", Form.OrderedAt, 2),
            ("file.amount", Form.Amount, 2),
            ("file.contactedAt", Form.ContactedAt, 2),
            ("file.merchantSaid", Form.MerchantAnswer, 2),
            ("file.demands", string.Join(Texts.T("say.list"), Form.Demands.Select(DemandSaid)), 3),
            ("file.proof", Say.Many("file.check.files", Form.Evidence.Count), 3),
            ("file.name", Form.ContactName, Contact),
            ("signin.phone", Form.ContactPhone, Contact),
            ("file.email", Form.ContactEmail, Contact),
            ("file.province", Provinces.FirstOrDefault(p => p.Code == Form.Province)?.Name, Contact),
            ("file.for", Texts.T("file.for." + (Form.FiledFor ?? Words.Of(FiledFor.Self))), Contact),
            ("file.authority", Form.Authority, Contact),
            ("file.consents", Consented, Contact),
            ("file.report", Form.ReportToo ? Texts.T("file.check.yes") : null, Contact),
        }
            .Where(one => !string.IsNullOrWhiteSpace(one.Said))
            .Select(one => new Answer(Texts.T(one.Label), one.Said!, one.Step));

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
        }
        else if (Step == 2)
        {
            all.Text("story", Form.Story, Filing.StoryMin, Filing.StoryMax);
            all.If(!Form.IsDangerSaid, "danger", Rules.Fields.Fault.Required);
            if (Sums.Typed(Form.Amount).Refusal is { } noSum)
                all.Add("amount", noSum);
            var contacted = all.Instant("contactedMerchant.at", Form.ContactedAt);
            all.If(contacted > Now, "contactedMerchant.at", Rules.Fields.Fault.InTheFuture);
        }
        else if (Step == 3)
        {
            all.If(Form.Demands.Count == 0, "demands", Rules.Fields.Fault.Required);
            all.Line("other.demand", Form.OtherDemand, OtherSaid.LengthMax);
        }
        else if (Step == Contact)
        {
            CheckContact(all);
        }
        Fault(all.All);
    }

    private void CheckContact(FieldFaults all)
    {
        var name = PlainText.Name(Form.ContactName);
        all.If(name is null, "contact.name", Rules.Fields.Fault.Required);
        all.If(name is not null && !PersonName.IsPlausible(name), "contact.name", Rules.Fields.Fault.Name);
        if (Me is null)
            Faults["phone"] = Texts.T("file.phone.verify");
        else
            all.If(PhoneNumber.Normalise(Form.ContactPhone) is null, "contact.phone", Rules.Fields.Fault.Phone);
        var email = PlainText.Plain(Form.ContactEmail);
        all.If(email is { Length: > 0 } && !MailAddress.Is(email), "contact.email", Rules.Fields.Fault.Email);
        all.If(!Form.PassOn, "consents.passOn", Rules.Fields.Fault.PassOn);
        all.If(!Form.LiabilityAccepted, "liabilityAccepted", Rules.Fields.Fault.Liability);
    }
}
