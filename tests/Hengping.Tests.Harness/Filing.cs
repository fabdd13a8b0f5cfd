namespace Hengping.Tests.Harness;

/// <summary>
/// Complaint bodies as the contract words them, complete and acceptable; tests change what they are about.
/// </summary>
public static class Filing
{
    /// <summary>Of who files, whoever signed in.</summary>
    public const string Phone = "13900000001";

    /// <summary>A consumer's complaint to a merchant of the directory.</summary>
    public static object To(Guid respondent, string orderNo, string story) =>
        new
        {
            kind = "consumer",
            respondent = new { id = respondent },
            orderNo,
            sector = "general-retail",
            problem = "refund",
            amount = "199.00",
            story,
            demands = new[] { "refund" },
            evidence = Array.Empty<Guid>(),
            contact = new { name = "陈晓雨", phone = Phone },
            filedFor = "self",
            consents = new
            {
                passOn = true,
                publish = false,
                call = false,
            },
            liabilityAccepted = true,
            channel = "web",
        };
}
