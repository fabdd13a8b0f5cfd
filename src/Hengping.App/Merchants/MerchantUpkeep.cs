using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;

namespace Hengping.App.Merchants;

/// <summary>What an admin changes about an entry: one event each, decided by the rules on what was seen.</summary>
public static class MerchantUpkeep
{
    /// <summary>An entry as typed.</summary>
    /// <param name="Sure">It is not one of those that look alike.</param>
    public sealed record Typed(
        string? Name,
        string? Sector,
        string? Uscc,
        string? Phone,
        string? Email,
        bool Platform,
        bool Enrolled,
        bool Sure
    );

    /// <summary>A new entry, or what stands in its way.</summary>
    /// <param name="Alike">Entries it may be the same as.</param>
    public sealed record Added(Guid? Id, IReadOnlyList<MerchantRow> Alike);

    /// <summary>Appends what a rule decides, on the version whoever decides has seen; null when it is done.</summary>
    public static async Task<Refusal?> Change(
        Store store,
        Guid id,
        int seen,
        Func<Merchant, Decided<MerchantEvent>> decide,
        string author,
        CancellationToken ct
    )
    {
        var loaded = await store.Load(MerchantBook.Instance, id, ct);
        if (loaded.State is not { } state)
            return Problems.NotFound;
        if (loaded.Version != seen)
            return Problems.Raced;
        var decided = decide(state);
        if (decided.Refusal is { } no)
            return no;
        var after = Merchant.Apply(state, decided.Event!, store.Now);
        if (after.Name != state.Name && await MerchantDirectory.IsNamed(store, after.Name, but: id, ct))
            return Merchant.NameTaken;
        var change = store.Change(MerchantBook.Instance, loaded, store.Now, author, [decided.Event!]);
        return await store.Append(new Commit([change]), ct) switch
        {
            Outcome.Done => null,
            Outcome.Taken => Merchant.NameTaken,
            _ => Problems.Raced,
        };
    }

    /// <summary>
    /// 合并, on both entries as they stand: of two who merge each into the other at once only one succeeds. Null when it
    /// is done.
    /// </summary>
    public static async Task<Refusal?> Merge(
        Store store,
        Guid id,
        int seen,
        Guid into,
        string reason,
        string author,
        CancellationToken ct
    )
    {
        var own = await store.Load(MerchantBook.Instance, id, ct);
        var target = await store.Load(MerchantBook.Instance, into, ct);
        if (own.State is not { } state || target.State is not { } other)
            return Problems.NotFound;
        if (own.Version != seen)
            return Problems.Raced;
        var decided = state.Merge(id, into, other, reason);
        if (decided.Refusal is { } no)
            return no;
        Change[] changes =
        [
            store.Change(MerchantBook.Instance, own, store.Now, author, [decided.Event!]),
            store.Change(MerchantBook.Instance, target, store.Now, author, []),
        ];
        return await store.Append(new Commit(changes), ct) is Outcome.Done ? null : Problems.Raced;
    }

    /// <summary>Adds an entry by hand, unless it looks like one that is there.</summary>
    public static async Task<Added> Add(
        Store store,
        Typed typed,
        string author,
        FieldFaults faults,
        CancellationToken ct
    )
    {
        var name = faults.Line("name", typed.Name, Merchant.NameLengthMax);
        faults.If(name is null, "name", Merchant.NameNeeded);
        var sector = faults.Code("sector", typed.Sector, Taxonomies.Taxonomies.Current.Codes.Sectors);
        var uscc = ReadCode(typed.Uscc, faults);
        var contact = ReadContact(typed.Phone, typed.Email, faults);
        var reachable = contact.Phone is not null || contact.Email is not null;
        faults.If(typed.Enrolled && !reachable, "phone", Merchant.ContactNeeded);
        if (!faults.None)
            return new Added(null, []);
        var (byCode, byName) = await MerchantList.Alike(store, name!, uscc, but: null, ct);
        IReadOnlyList<MerchantRow> alike = [.. byCode.Concat(byName).DistinctBy(one => one.Id)];
        faults.If(alike.Any(one => FoldedName.Of(one.Name) == FoldedName.Of(name)), "name", Merchant.NameTaken);
        faults.If(!typed.Sure && byCode.Count > 0, "uscc", Merchant.CreditCodeTaken);
        faults.If(!typed.Sure && byName.Count > 0, "name", Merchant.NameAlike);
        if (!faults.None)
            return new Added(null, alike);
        var entry = new NewMerchant(name!, sector, "staff", typed.Enrolled)
        {
            Contact = contact,
            Uscc = uscc,
            IsPlatform = typed.Platform,
        };
        var (id, change, refusal) = MerchantDirectory.Add(store, entry, author, store.Now);
        if (refusal is { } no)
            faults.Add("name", no);
        else if (await store.Append(new Commit([change!]), ct) is not Outcome.Done)
            faults.Add("name", Merchant.NameTaken);
        return faults.None ? new Added(id, []) : new Added(null, alike);
    }

    /// <summary>A credit code of a form, or null where it was left empty.</summary>
    public static string? ReadCode(string? typed, FieldFaults faults)
    {
        var code = PlainText.Plain(typed)?.ToUpperInvariant();
        faults.If(code is not null && !CreditCode.HasForm(code), "uscc", Merchant.CreditCodeForm);
        return code;
    }

    /// <summary>A contact of a form; either part may be empty.</summary>
    public static AfterSalesContact ReadContact(string? phone, string? email, FieldFaults faults)
    {
        var number = Merchant.ReadPhone(phone);
        faults.If(number is null && !string.IsNullOrWhiteSpace(phone), "phone", Merchant.ContactPhone);
        var mail = PlainText.Plain(email);
        faults.If(mail is not null && !MailAddress.Is(mail), "email", Fault.Email);
        return new AfterSalesContact(number, mail);
    }

    /// <summary>A contact with its middle taken out: enough to tell one from another.</summary>
    public static string Masked(AfterSalesContact? contact)
    {
        var phone =
            contact?.Phone is { Length: > 7 } p ? p[..3] + "****" + p[^4..]
            : contact?.Phone is null ? ""
            : "****";
        var at = contact?.Email?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        var mail = at > 0 ? contact!.Email![..1] + "***" + contact.Email[at..] : "";
        return phone.Length > 0 && mail.Length > 0 ? $"{phone} · {mail}" : phone + mail;
    }
}
