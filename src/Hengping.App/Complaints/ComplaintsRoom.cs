using Hengping.App.Platform;

namespace Hengping.App.Complaints;

/// <summary>The room of complaints: every door, and the clock that acts where nobody does.</summary>
public static class ComplaintsRoom
{
    /// <summary>What runs beside the doors.</summary>
    public static void AddComplaints(this IServiceCollection services)
    {
        services.AddSingleton<AlikeCounts>();
        services.AddJob<Retention>();
        services.AddJob<ComplaintTicks>();
        services.AddJob<CountComplaintTerms>();
    }

    /// <summary>Puts the doors on their addresses.</summary>
    public static void MapComplaints(this IEndpointRouteBuilder api)
    {
        var complaints = api.MapGroup("/complaints").WithTags("complaints");
        FileComplaint.Map(complaints);
        ListComplaints.Map(complaints);
        ShowComplaint.Map(complaints);
        ScreenComplaint.Map(complaints);
        ReplyToComplaint.Map(complaints);
        ContestComplaint.Map(complaints);
        ReachRespondent.Map(complaints);
        OfferSettlement.Map(complaints);
        PerformSettlement.Map(complaints);
        MediateComplaint.Map(complaints);
        TellTermination.Map(complaints);
        EndComplaint.Map(complaints);
        ScoreComplaint.Map(complaints);
        HoldComplaint.Map(complaints);
        AnswerLinks.Map(complaints);
        NameSeller.Map(complaints);
        JointDoors.Map(api);
        Progress.Map(api);
    }
}
