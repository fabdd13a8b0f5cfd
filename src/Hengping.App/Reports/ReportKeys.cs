using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Hengping.App.Platform;
using Hengping.Rules.Fields;
using Hengping.Rules.Reports;

namespace Hengping.App.Reports;

/// <summary>
/// Numbers and codes of reports. A code is a keyed hash of the number under the key ring, so none is kept anywhere. A
/// number is drawn by lot; where the sender named an Idempotency-Key it is a keyed hash of that key and the whole body,
/// so the same call gets the same number again and no answer need be kept that holds it.
/// </summary>
public static class ReportKeys
{
    private static readonly byte[] Purpose = "report\n"u8.ToArray();

    /// <summary>The code that opens a report together with its number.</summary>
    public static string CodeOf(Store store, string number) =>
        ReportCode.From(Convert.FromHexString(store.Keys.Fingerprint(ReportPurposes.ReportCode, number)));

    /// <summary>A number by lot.</summary>
    public static string NewNumber() => Drawn.Number();

    /// <summary>The number of one sending.</summary>
    /// <param name="seed">Who sent what under which key.</param>
    public static string NumberOf(Store store, string seed)
    {
        var bits = Convert.FromHexString(store.Keys.Fingerprint(ReportPurposes.ReportNumber, seed));
        return CaseNumber.From(BinaryPrimitives.ReadUInt64LittleEndian(bits));
    }

    /// <summary>
    /// What a number follows from. The hash is not the one an answer is kept with: with the kept one alone nobody finds
    /// the report that came with it.
    /// </summary>
    public static async Task<string> SeedOf(HttpContext http, Caller? caller, string key)
    {
        using var body = new MemoryStream();
        body.Write(Purpose);
        http.Request.Body.Position = 0;
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        http.Request.Body.Position = 0;
        return SeedOf(caller, key, body.ToArray());
    }

    /// <summary>The same for a form.</summary>
    public static string SeedOf(Caller? caller, string key, params string?[] said) =>
        SeedOf(caller, key, Encoding.UTF8.GetBytes(string.Join('\n', said)));

    private static string SeedOf(Caller? caller, string key, byte[] said) =>
        $"{caller?.Account.ToString("N") ?? "anyone"}|{key}|{Convert.ToHexStringLower(SHA256.HashData(said))}";
}
