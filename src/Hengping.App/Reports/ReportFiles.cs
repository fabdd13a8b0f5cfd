using Hengping.App.Clocks;
using Hengping.App.Evidence;
using Hengping.App.Platform;
using Hengping.Rules;
using Hengping.Rules.Accounts;
using Hengping.Rules.Evidence;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>Files that come in with a report, or later.</summary>
/// <param name="Items">Their ids.</param>
/// <param name="Also">Those of them that are new in the same commit.</param>
/// <param name="Origin">Where they come from, as far as it was said.</param>
public sealed record BroughtFiles(IReadOnlyList<Guid> Items, IReadOnlyList<Change> Also, FileOrigin? Origin = null);

/// <summary>
/// Files of a reporter. <c>POST /reports/follow/evidence</c> (multipart: <c>number</c>, <c>code</c>, <c>file</c>, in
/// this order; beside them <c>made</c>, true or false, and <c>from</c> whom) adds one to a report; pages bring
/// theirs along with a form. What came without an account belongs to the report itself.
/// </summary>
public static class ReportFiles
{
    private const int FieldBytesMax = 200;
    private const int FromBytesMax = 4 * FileOrigin.FromMax;

    // Of files that come before the pair they are shown by.
    private const int EarlyBytesMax = 2 * 1024 * 1024;

    private static readonly Refusal PairFirst = new(
        "report.pair-first",
        "大文件请放在 number 和 code 两个字段之后",
        "Send number and code before a large file"
    );

    /// <summary>Puts the door on its address.</summary>
    public static void Map(IEndpointRouteBuilder reports) =>
        reports
            .MapPost("/follow/evidence", Add)
            .Produces<ReportProgress>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Anyone()
            .RequireRateLimiting(Limits.GuessingUnseen)
            .WithMetadata(new LargeBodyAttribute(FileForms.OneBytesMax) { ReadsParts = true });

    /// <summary>Who uploads for a report: the report, which nobody signs in as.</summary>
    public static EvidenceShelf.Bringer BringerOf(Guid report, string address) =>
        new(new Caller(report, Role.Claimant, Merchant: null, Name: ""), address) { IsCoarse = true };

    /// <summary>Their ids and changes; or why one was refused.</summary>
    public static async Task<(IReadOnlyList<Guid> Ids, IReadOnlyList<Change> Changes, Refusal? Refused)> Keep(
        EvidenceShelf shelf,
        EvidenceShelf.Bringer who,
        IReadOnlyList<IFormFile> files,
        CancellationToken ct
    )
    {
        var kept = new Kept(shelf, who);
        try
        {
            foreach (var file in files.Where(f => f.Length > 0))
            {
                await using var content = file.OpenReadStream();
                await kept.Add(file.FileName, content, ct);
            }
            return (kept.Ids, kept.Changes, null);
        }
        catch (Refused no)
        {
            kept.Forget();
            return ([], [], no.Refusal);
        }
    }

    private static async Task<IResult> Add(
        HttpContext http,
        Store store,
        Law law,
        EvidenceShelf shelf,
        CancellationToken ct
    )
    {
        if (!http.Request.HasFormContentType)
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var sent = new Sending(http, store, shelf);
        var isKept = false;
        try
        {
            await foreach (var part in SentPart.Of(http.Request, ct))
                if (await sent.Take(part, ct) is { } wrong)
                    return wrong;
            if (await sent.End(ct) is { } no)
                return no;
            var (once, early) = await FollowReport.Key(http, store, law, sent.Report, ct);
            if (early is not null)
                return early;
            if (sent.Kept!.Ids.Count == 0)
                return Problems.Fields(new Dictionary<string, Refusal> { ["file"] = MediaKind.Empty });
            var faults = new FieldFaults();
            var files = new BroughtFiles(sent.Kept.Ids, sent.Kept.Changes, sent.OriginOf(faults));
            if (!faults.None)
                return Problems.Fields(faults.All);
            if (await FollowReport.Append(store, sent.Report, text: null, files, ct, once) is { } refused)
                return refused.AsProblem();
            isKept = true;
            return await FollowReport.Answer(http, store, law, sent.Report, ct);
        }
        catch (Refused no)
        {
            return UploadEvidence.AsAnswer(no.Refusal, http);
        }
        catch (SentPart.BrokenException)
        {
            return SentForms.Broken.AsProblem(StatusCodes.Status400BadRequest);
        }
        finally
        {
            if (!isKept)
                sent.Kept?.Forget();
        }
    }

    /// <summary>Files kept one by one, which belong to one commit or go.</summary>
    private sealed class Kept(EvidenceShelf shelf, EvidenceShelf.Bringer who)
    {
        public List<Guid> Ids { get; } = [];

        public List<Change> Changes { get; } = [];

        public async Task Add(string? name, Stream content, CancellationToken ct)
        {
            var (receipt, change) = await shelf.Keep(who, name, content, ct);
            Ids.Add(receipt.Id);
            Changes.Add(change);
        }

        public void Forget() => Changes.ForEach(shelf.Forget);
    }

    /// <summary>What has come of a form: nothing large of it is taken before its pair was judged.</summary>
    private sealed class Sending(HttpContext http, Store store, EvidenceShelf shelf)
    {
        private readonly List<(string? Name, byte[] Bytes)> early = [];
        private string? number;
        private string? code;
        private string? made;
        private string? from;

        public Guid Report { get; private set; }

        /// <summary>Null before the pair was right.</summary>
        public Kept? Kept { get; private set; }

        /// <summary>The next part; the answer to give, where that is the end.</summary>
        public async Task<IResult?> Take(SentPart part, CancellationToken ct)
        {
            if (part.Field == "number")
                number ??= await part.Text(FieldBytesMax, ct) ?? "";
            else if (part.Field == "code")
                code ??= await part.Text(FieldBytesMax, ct) ?? "";
            else if (part.Field == "made")
                made ??= await part.Text(FieldBytesMax, ct) ?? "";
            else if (part.Field == "from")
                return await TakeFrom(part, ct);
            else if (part.Name is null)
                return null;
            else if (number is null || code is null)
                return await TakeEarly(part, ct);
            else if (await Enter(ct) is { } no)
                return no;
            else
                await Kept!.Add(part.Name, part.Content, ct);
            return null;
        }

        private async Task<IResult?> TakeFrom(SentPart part, CancellationToken ct)
        {
            if (await part.Text(FromBytesMax, ct) is not { } typed)
                return Problems.Fields(
                    new Dictionary<string, Refusal> { ["origin.from"] = Fault.TooLong(FileOrigin.FromMax) }
                );
            from ??= typed;
            return null;
        }

        /// <summary>Where the files come from, as far as it was said.</summary>
        public FileOrigin? OriginOf(FieldFaults faults) =>
            FileOrigin.Of(bool.TryParse(made, out var own) ? own : null, from, faults);

        /// <summary>All has come.</summary>
        public async Task<IResult?> End(CancellationToken ct)
        {
            if (await Enter(ct) is { } no)
                return no;
            foreach (var (name, bytes) in early)
                await Kept!.Add(name, new MemoryStream(bytes), ct);
            return null;
        }

        private async Task<IResult?> Enter(CancellationToken ct)
        {
            if (Kept is not null)
                return null;
            var pair = new FollowReport.Pair { Number = number, Code = code };
            (Report, var no) = await FollowReport.Enter(http, store, pair, ct);
            if (no is null)
                Kept = new Kept(shelf, BringerOf(Report, Device.AddressOf(http)));
            return no;
        }

        private async Task<IResult?> TakeEarly(SentPart part, CancellationToken ct)
        {
            var room = EarlyBytesMax - early.Sum(file => file.Bytes.Length);
            using var held = new MemoryStream();
            var buffer = new byte[16 * 1024];
            for (int read; (read = await part.Content.ReadAsync(buffer, ct)) > 0; )
            {
                if (held.Length + read > room)
                    return PairFirst.AsProblem(StatusCodes.Status413PayloadTooLarge);
                held.Write(buffer, 0, read);
            }
            if (held.Length > 0)
                early.Add((part.Name, held.ToArray()));
            return null;
        }
    }
}
