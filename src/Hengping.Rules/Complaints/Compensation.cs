namespace Hengping.Rules.Complaints;

/// <summary>What a claim stands on.</summary>
public enum CompensationGround
{
    /// <summary>欺诈: 消费者权益保护法 art. 55.</summary>
    Fraud,

    /// <summary>食品不符合安全标准: 食品安全法 art. 148.</summary>
    Food,

    /// <summary>标签瑕疵: harmless, nothing beyond the loss's own way (art. 148, last sentence).</summary>
    Label,
}

/// <summary>惩罚性赔偿 as information, not advice.</summary>
public static class Compensation
{
    /// <summary>Fraud 3× price, at least 500. Food 10× price or 3× loss, at least 1,000. Label 0. CNY.</summary>
    public static decimal Of(CompensationGround ground, decimal price, decimal loss) =>
        ground switch
        {
            CompensationGround.Fraud => Math.Max(500, 3 * price),
            CompensationGround.Food => Math.Max(1000, Math.Max(10 * price, 3 * loss)),
            _ => 0,
        };
}
