using Hengping.App.Accounts;
using Hengping.App.Admin;
using Hengping.App.Appeals;
using Hengping.App.Bench;
using Hengping.App.Calc;
using Hengping.App.CaseRoom;
using Hengping.App.ClaimReports;
using Hengping.App.Clocks;
using Hengping.App.Complaints;
using Hengping.App.Demo;
using Hengping.App.Design;
using Hengping.App.Desk;
using Hengping.App.Evidence;
using Hengping.App.Home;
using Hengping.App.Importing;
using Hengping.App.Intake;
using Hengping.App.JointComplaints;
using Hengping.App.Me;
using Hengping.App.Measures;
using Hengping.App.MerchantPages;
using Hengping.App.Merchants;
using Hengping.App.Notices;
using Hengping.App.Operators;
using Hengping.App.Orders;
using Hengping.App.Platform;
using Hengping.App.Ratings;
using Hengping.App.Reports;
using Hengping.App.RuleRegister;
using Hengping.App.Taxonomies;
using Hengping.App.Webhooks;
using Hengping.App.Workbench;

namespace Hengping.App;

/// <summary>
/// The table of contents: every room, from the ground up. A room names those that stand before it in this list, and
/// none after it; <c>TidyRooms</c> reads the order here.
/// </summary>
public static class Rooms
{
    /// <summary>The house.</summary>
    public static readonly House House = new([
        // What every page and every clock needs.
        new TaxonomiesRoom(),
        new ClocksRoom(),
        new OperatorsRoom(),
        new DesignRoom(),
        // Who there is, and what they bring.
        new AccountsRoom(),
        new EvidenceRoom(),
        new MerchantsRoom(),
        // What happens.
        new ComplaintsRoom(),
        new ReportsRoom(),
        new RuleRegisterRoom(),
        new MeasuresRoom(),
        new AppealsRoom(),
        new ClaimReportsRoom(),
        // What follows from it.
        new JointComplaintsRoom(),
        new RatingsRoom(),
        new OrdersRoom(),
        new NoticesRoom(),
        new WebhooksRoom(),
        // What people look at.
        new IntakeRoom(),
        new WorkbenchRoom(),
        new CaseRoomRoom(),
        new DeskRoom(),
        new MeRoom(),
        new MerchantPagesRoom(),
        new AdminRoom(),
        new HomeRoom(),
        // What fills, feeds and measures the whole house.
        new CalcRoom(),
        new ImportingRoom(),
        new DemoRoom(),
        new BenchRoom(),
    ]);
}
