namespace Hengping.Rules.RuleRegister;

/// <summary>What a rule is about (令116 art. 4).</summary>
public enum RuleTopic
{
    /// <summary>平台服务协议.</summary>
    Agreement,

    /// <summary>商家入驻与退出.</summary>
    Admission,

    /// <summary>商品与信息发布.</summary>
    Listing,

    /// <summary>禁售限售商品.</summary>
    ProhibitedGoods,

    /// <summary>退换货与售后.</summary>
    Returns,

    /// <summary>交易纠纷处理.</summary>
    Disputes,

    /// <summary>违规处理.</summary>
    Penalties,

    /// <summary>申诉与复核.</summary>
    Appeals,

    /// <summary>收费与保证金.</summary>
    Fees,

    /// <summary>知识产权保护.</summary>
    Property,

    /// <summary>个人信息保护.</summary>
    Privacy,

    /// <summary>其他.</summary>
    Other,
}
