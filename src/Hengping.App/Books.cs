using Hengping.App.Platform;

namespace Hengping.App;

/// <summary>Every kind of stream the program knows, one line each.</summary>
public static class Books
{
    /// <summary>All books.</summary>
    public static readonly IReadOnlyList<Book> All =
    [
        Accounts.AccountBook.Instance,
        Merchants.MerchantBook.Instance,
        Evidence.EvidenceBook.Instance,
        Complaints.ComplaintBook.Instance,
        Complaints.AccessBook.Instance,
        Complaints.LinkBook.Instance,
        JointComplaints.JointBook.Instance,
        Demo.DemoBook.Instance,
        Ratings.ListBook.Instance,
        Operators.OperatorBook.Instance,
        Reports.ReportBook.Instance,
        Reports.ReadingBook.Instance,
        Desk.DecisionBook.Instance,
        Desk.ViewBook.Instance,
        Workbench.TemplateBook.Instance,
    ];
}
