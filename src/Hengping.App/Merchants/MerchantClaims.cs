using System.Globalization;
using Hengping.App.Accounts;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Evidence;
using Hengping.Rules.Fields;
using Hengping.Rules.Merchants;

namespace Hengping.App.Merchants;

/// <summary>
/// 认领: a code goes to the contact on file, never to one the claimant types; then staff decide. Approval enrols the
/// merchant and opens its account in one commit.
/// </summary>
public static class MerchantClaims
{
    private const int PasswordLengthMin = 10;
    private const int DeskMax = 100;

    /// <summary>Too short to guard a merchant's cases.</summary>
    public static readonly Refusal PasswordShort = new(
        "claim.password",
        "密码至少 10 个字符",
        "A password needs at least 10 characters"
    );

    /// <summary>It becomes the sign-in name, and gets the decision.</summary>
    public static readonly Refusal MobileNeeded = new(
        "claim.phone",
        "请填写 11 位手机号，之后用它登录",
        "Give a mobile number of 11 digits; you will sign in with it"
    );

    private sealed record Row(Guid Id, Guid Merchant);

    /// <summary>The code, to the contact on file.</summary>
    public static readonly Wording CodeWords = new(
        "claim-code",
        "【{operator}】有人正在认领您的商家主页，验证码 {code}，30 分钟内有效。若非您本人操作，请忽略，不要告诉他人。",
        "[{operator}] Somebody claims your page. Code {code}, valid for 30 minutes. If it is not you, tell nobody."
    );

    /// <summary>Staff said yes.</summary>
    public static readonly Wording ApprovedWords = new(
        "claim-approved",
        "【{operator}】您的商家认领已通过，请用手机号和您设的密码登录：{link}",
        "[{operator}] Your claim is approved; sign in with your phone number and your password: {link}"
    );

    /// <summary>Staff said no.</summary>
    public static readonly Wording RefusedWords = new(
        "claim-refused",
        "【{operator}】您的商家认领未通过，原因见：{link}",
        "[{operator}] Your claim was not approved; the reason: {link}"
    );

    /// <summary>What somebody says of themselves when they claim a merchant.</summary>
    public sealed record Request(string? Name, string? Uscc, string? Phone, string? Password, IFormFile? Licence);

    /// <summary>Takes a claim and sends the code; the claim's id is known to whoever made it alone.</summary>
    public static async Task<Guid?> Ask(
        Store store,
        EvidenceShelf shelf,
        Guid merchant,
        Request request,
        string address,
        Dictionary<string, Refusal> faults,
        CancellationToken ct
    )
    {
        var loaded = await store.Load(MerchantBook.Instance, merchant, ct);
        if ((loaded.State is { } entry ? entry.MayClaim(store.Now) : Problems.NotFound) is { } never)
        {
            faults[""] = never;
            return null;
        }
        var uscc = (request.Uscc ?? "").Trim().ToUpperInvariant();
        var name = PlainText.Plain(request.Name) ?? "";
        var phone = PhoneNumber.Normalise(request.Phone) ?? "";
        if (name.Length is < 2 or > 50)
            faults["name"] = Fault.Name;
        if (!CreditCode.HasForm(uscc))
            faults["uscc"] = Merchant.CreditCodeForm;
        if (!PhoneNumber.IsMobile(phone))
            faults["phone"] = MobileNeeded;
        if ((request.Password ?? "").Length is < PasswordLengthMin or > 200)
            faults["password"] = PasswordShort;
        if (request.Licence is not { Length: > 0 })
            faults["licence"] = MediaKind.Empty;
        if (faults.Count > 0)
            return null;
        if (await ClaimCodes.MaySend(store, merchant, address, ct) is { } tooMany)
        {
            faults[""] = tooMany;
            return null;
        }
        var claim = Guid.NewGuid();
        var (licence, kept) = await Keep(shelf, claim, address, request.Licence!, faults, ct);
        if (kept is null)
            return null;
        var applicant = new ClaimApplicant(name, phone, SignIn.HashPassword(request.Password!));
        var decided = loaded.State!.AskClaim(claim, uscc, licence, applicant, store.Now);
        var own = store.Keys.Create();
        if (decided.Event is MerchantEvent.ClaimAsked asked)
            decided = asked with { Key = own, Language = Letterhead.Spoken };
        if (await Save(store, loaded, decided, AuthorOf(claim), [kept], ct, own) is { } no)
        {
            shelf.Forget(kept);
            faults[""] = no;
            return null;
        }
        await ClaimCodes.Send(store, merchant, claim, ct);
        return claim;
    }

    /// <summary>Takes the code, once; null when it was right.</summary>
    public static async Task<Refusal?> Prove(
        Store store,
        Guid merchant,
        Guid claim,
        string address,
        string? code,
        CancellationToken ct
    )
    {
        var loaded = await store.Load(MerchantBook.Instance, merchant, ct);
        var decided = loaded.State?.ProveClaim(claim, store.Now) ?? Merchant.ClaimNotOpen;
        if (decided.Refusal is not null)
            return Merchant.ClaimCodeWrong;
        if (await ClaimCodes.Take(store, merchant, claim, address, (code ?? "").Trim(), ct) is { } wrong)
            return wrong;
        return await Save(store, loaded, decided, AuthorOf(claim), [], ct);
    }

    /// <summary>Staff approve or refuse, with a reason; the claimant is told either way.</summary>
    public static async Task<Refusal?> Decide(
        Store store,
        SiteAddress site,
        ClaimShown shown,
        bool approve,
        string reason,
        Caller caller,
        CancellationToken ct,
        Idempotent? once = null
    )
    {
        var (merchant, claim) = (shown.Merchant, shown.Claim.Id);
        var loaded = await store.Load(MerchantBook.Instance, merchant, ct);
        if (loaded.State is not { } state)
            return Problems.NotFound;
        var account = StreamId.Next();
        var decided = approve ? state.ApproveClaim(claim, account, reason) : state.RefuseClaim(claim, reason);
        if (decided.Refusal is { } no)
            return no;
        if (shown.Applicant is not { } applicant)
            return Merchant.ClaimNotOpen;
        List<MerchantEvent> events = [decided.Event!];
        List<Change> changes = [];
        if (approve)
        {
            events.Add(new MerchantEvent.Enrolled());
            changes.Add(OwnerOf(store, merchant, account, shown, caller.Author));
        }
        changes.Insert(0, store.Change(MerchantBook.Instance, loaded, store.Now, caller.Author, events));
        switch (await store.Append(new Commit(changes, once), ct))
        {
            case Outcome.Done:
                break;
            case Outcome.Replayed:
                return null;
            case Outcome.Taken { Reservation.Scope: "login" }:
                return AccountDesk.LoginTaken;
            case Outcome.Taken:
                return AccountDesk.PhoneTaken;
            default:
                return Problems.Raced;
        }
        var link = site.LinkTo(approve ? "/signin?as=staff" : $"/merchants/{merchant:D}/claim?claim={claim:D}");
        var template = approve ? ApprovedWords : RefusedWords;
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["link"] = link };
        var letter = new Message(
            $"claim:{claim:N}:decided",
            Channel.Sms,
            template,
            applicant.Phone,
            values,
            KeySlot: shown.Key
        );
        var head = await Letterhead.Of(store, [], ct, shown.Language);
        await Outbox.Put(store, head.On(letter), ct);
        return null;
    }

    /// <summary>Claims whose code came back, oldest first.</summary>
    public static async Task<IReadOnlyList<ClaimShown>> Waiting(Store store, CancellationToken ct)
    {
        var rows = await store.Query<Row>(
            "select id as Id, merchant as Merchant from merchant_claims where state = 'proven' order by asked_at limit "
                + DeskMax.ToString(CultureInfo.InvariantCulture),
            null,
            ct
        );
        var shown = new List<ClaimShown>(rows.Count);
        foreach (var row in rows)
            if (await Find(store, row.Id, ct) is { } claim)
                shown.Add(claim);
        return shown;
    }

    /// <summary>One claim, or null.</summary>
    public static async Task<ClaimShown?> Find(Store store, Guid claim, CancellationToken ct)
    {
        var row = await store.First<Row>(
            "select id as Id, merchant as Merchant from merchant_claims where id = @claim",
            new { claim },
            ct
        );
        if (row is null || (await store.Load(MerchantBook.Instance, row.Merchant, ct)).State is not { } merchant)
            return null;
        var story = await store.ReadStory(MerchantBook.Instance, row.Merchant, ct);
        var asked = story.Select(t => t.Event).OfType<MerchantEvent.ClaimAsked>().First(e => e.Claim == claim);
        return new ClaimShown(
            row.Merchant,
            merchant.Name,
            merchant.Find(claim)!,
            asked.Applicant,
            asked.Key,
            asked.Language
        );
    }

    /// <summary>Why a claim was refused, for whoever made it.</summary>
    public static async Task<string?> ReasonOf(Store store, Guid merchant, Guid claim, CancellationToken ct) =>
        (await store.ReadStory(MerchantBook.Instance, merchant, ct))
            .Select(t => t.Event)
            .OfType<MerchantEvent.ClaimRefused>()
            .FirstOrDefault(e => e.Claim == claim)
            ?.Reason;

    private static string AuthorOf(Guid claim) => $"claim:{claim:D}";

    private static Change OwnerOf(Store store, Guid merchant, Guid account, ClaimShown shown, string author)
    {
        var owner = shown.Applicant!;
        var opened = new AccountEvent.Opened(Role.Merchant, merchant)
        {
            Profile = new Profile(owner.Name, owner.Phone, Email: null, Login: owner.Phone),
        };
        var password = new AccountEvent.PasswordSet { Hash = owner.PasswordHash };
        var fresh = new Loaded<Account>(account, 0, shown.Key ?? 0, null);
        return store.Change(AccountBook.Instance, fresh, store.Now, author, [opened, password]);
    }

    private static async Task<Refusal?> Save(
        Store store,
        Loaded<Merchant> loaded,
        Decided<MerchantEvent> decided,
        string author,
        IReadOnlyList<Change> also,
        CancellationToken ct,
        long? ofPerson = null
    )
    {
        if (decided.Event is not { } happened)
            return decided.Refusal;
        var change = store.Change(MerchantBook.Instance, loaded, Stamped.All([happened], store.Now, author), ofPerson);
        return await store.Append(new Commit([.. also, change]), ct) is Outcome.Done ? null : Problems.Raced;
    }

    private static async Task<(Guid Id, Change? Kept)> Keep(
        EvidenceShelf shelf,
        Guid claim,
        string address,
        IFormFile file,
        Dictionary<string, Refusal> faults,
        CancellationToken ct
    )
    {
        try
        {
            await using var content = file.OpenReadStream();
            // Nobody signs in as a claim: only staff open what it brought.
            var uploader = new Caller(claim, Role.Merchant, Merchant: null, Name: "");
            var (receipt, change) = await shelf.Keep(new(uploader, address), file.FileName, content, ct);
            return (receipt.Id, change);
        }
        catch (Refused no)
        {
            faults["licence"] = no.Refusal;
            return default;
        }
    }
}
