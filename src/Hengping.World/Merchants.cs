using static Hengping.World.Manner;

namespace Hengping.World;

/// <summary>A merchant of the world.</summary>
/// <param name="Id">The same in every world of one seed.</param>
/// <param name="Name">Invented: no company is meant.</param>
/// <param name="Sector">A leaf code of the sectors.</param>
/// <param name="Weight">Its share of all complaints, relative to the others.</param>
/// <param name="Mend">−1…1: how it changes over the year.</param>
/// <param name="Known">It has an after-sales contact on record.</param>
/// <param name="Person">Account of the one who answers (or files) for it.</param>
/// <param name="Keeper">That person's name.</param>
public sealed record MerchantPlan(
    Guid Id,
    string Name,
    string Sector,
    Behaviour Behaviour,
    double Weight,
    bool Platform,
    bool Enrolled,
    bool Known,
    double Mend,
    string Phone,
    string Email,
    Guid Person,
    string Keeper,
    string KeeperPhone
);

/// <summary>The merchants of the market, platforms and small sellers.</summary>
public static class Merchants
{
    private static readonly (string Name, string Sector, Manner Manner, double Weight, char Marks)[] All =
    [
        ("栎舟商城", "general-retail", Ordinary, 9, 'p'),
        ("禾巷优选", "general-retail", Prompt, 6, 'p'),
        ("云栀百货", "general-retail", Template, 6, 'p'),
        ("小满集市", "general-retail", Settler, 4, 'p'),
        ("澄屿全球购", "cross-border", Slow, 5, 'p'),
        ("鲸汀海淘", "cross-border", Silent, 4, 'p'),
        ("远棠国际", "cross-border", Ordinary, 2, ' '),
        ("拾旧坊", "second-hand", Disputer, 5, 'p'),
        ("换乐兔", "second-hand", Ordinary, 4, 'p'),
        ("晨畦生鲜", "fresh-food", Prompt, 3, ' '),
        ("鲜陌到家", "fresh-food", Settler, 4, ' '),
        ("溪田社区团", "fresh-food", Slow, 3, ' '),
        ("棉序服饰", "brand", Prompt, 2, ' '),
        ("朗澈家电", "brand", Settler, 3, ' '),
        ("松果粒童品", "brand", Ordinary, 2, ' '),
        ("曜禾数码", "brand", Disputer, 3, ' '),
        ("邻芽社区购", "social", Template, 4, 'p'),
        ("团果好物", "social", Slow, 4, 'p'),
        ("快橙直播", "live-commerce", Ordinary, 8, 'p'),
        ("星棠直播间", "live-commerce", Silent, 5, ' '),
        ("南枝好物台", "live-commerce", Disputer, 4, ' '),
        ("驰檐汽车网", "auto", Ordinary, 2, ' '),
        ("轮序二手车", "auto", Disputer, 2, 'u'),
        ("云岫旅行", "travel", Ordinary, 7, 'p'),
        ("行野假期", "travel", Slow, 5, ' '),
        ("栖岸民宿", "travel", Prompt, 3, 'p'),
        ("鹭程票务", "ticketing", Disputer, 5, ' '),
        ("幕间票仓", "ticketing", Template, 4, ' '),
        ("捷舟出行", "mobility", Ordinary, 4, 'p'),
        ("风伴顺路", "mobility", Silent, 3, 'u'),
        ("灶前外卖", "food-delivery", Prompt, 5, 'p'),
        ("三餐侠", "food-delivery", Template, 4, 'p'),
        ("安檐到家", "community", Settler, 2, ' '),
        ("蓝桩共享", "sharing", Slow, 2, ' '),
        ("职栈招聘", "recruitment", Ordinary, 1, ' '),
        ("缘汐相亲", "dating", Silent, 2, 'u'),
        ("启穗电商学院", "commerce-training", Disputer, 4, 'u'),
        ("讲堂里网课", "commerce-training", Slow, 3, ' '),
        ("杏枝健康", "digital-health", Prompt, 2, ' '),
        ("颐禾问诊", "digital-health", Ordinary, 1, ' '),
        ("钢砚工品", "industrial", Prompt, 1, ' '),
        ("疾羽速运", "logistics-tech", Template, 4, ' '),
        ("檐下仓配", "logistics-tech", Ordinary, 1, ' '),
        ("铺匠云", "retail-services", Settler, 1, ' '),
        ("禾禾分期", "fintech", Disputer, 3, ' '),
        ("零钱匣子", "fintech", Silent, 2, 'u'),
        ("知微杂货", "other", Ordinary, 0.5, 'n'),
        ("半夏手作铺", "other", Silent, 0.4, 'u'),
    ];

    private static readonly (string Name, string Sector)[] Small =
    [
        ("青柠生活旗舰店", "brand"),
        ("阿桂农家特产店", "fresh-food"),
        ("木棉家居专营店", "brand"),
        ("溪谷茶叶店", "fresh-food"),
        ("小灯塔文具店", "brand"),
        ("北屿户外专卖店", "brand"),
        ("棠梨女装店", "brand"),
        ("大山坚果铺", "fresh-food"),
        ("绒绒宠物用品店", "brand"),
        ("石榴灯饰店", "brand"),
        ("麦田母婴专营店", "brand"),
        ("沐风鞋履店", "brand"),
    ];

    /// <summary>Those consumers complain about; the first of a sector is its largest.</summary>
    public static IReadOnlyList<MerchantPlan> Rated(ulong seed, DateTimeOffset start) =>
        [.. All.Select((m, i) => Plan(seed, start, i, m.Name, m.Sector, m.Manner, m.Weight, m.Marks))];

    /// <summary>Small sellers on the platforms: they complain, and are shops in consumers' cases.</summary>
    public static IReadOnlyList<MerchantPlan> Sellers(ulong seed, DateTimeOffset start) =>
        [.. Small.Select((m, i) => Plan(seed, start, 1000 + i, m.Name, m.Sector, Ordinary, 0, ' '))];

    private static MerchantPlan Plan(
        ulong seed,
        DateTimeOffset start,
        int index,
        string name,
        string sector,
        Manner manner,
        double weight,
        char marks
    )
    {
        var chance = new Chance(seed, "merchant", index);
        var keeper = People.Plan(seed, start, 90_000 + index);
        return new MerchantPlan(
            chance.Id(start.AddMinutes(index)),
            name,
            sector,
            Behaviour.Of(manner),
            weight,
            Platform: marks == 'p',
            Enrolled: marks != 'u',
            Known: marks != 'n',
            Mend: (2 * chance.Part()) - 1,
            Phone: $"400{chance.Between(1000000, 9999999)}",
            Email: $"service{index}@example.com",
            keeper.Id,
            keeper.Name,
            keeper.Phone
        );
    }
}
