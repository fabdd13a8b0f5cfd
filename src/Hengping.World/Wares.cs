namespace Hengping.World;

/// <summary>What is sold in a sector, at which prices, and what goes wrong with it.</summary>
/// <param name="Kind">goods or service: which sentences fit.</param>
/// <param name="Things">Name, lowest and highest price in CNY.</param>
/// <param name="Problems">Code and weight.</param>
public sealed record Wares(
    string Kind,
    IReadOnlyList<(string Name, int Low, int High)> Things,
    IReadOnlyList<(string Item, double Weight)> Problems
)
{
    private static readonly (string, double)[] Retail =
    [
        ("refund", 27),
        ("quality", 13),
        ("shipping", 10),
        ("after-sales", 9),
        ("return-exchange", 9),
        ("false-promotion", 7),
        ("fraud", 5),
        ("not-as-described", 6),
        ("customer-service", 4),
        ("logistics", 4),
        ("counterfeit", 3),
        ("order", 3),
        ("unfair-terms", 3),
        ("invoice", 1),
        ("data-leak", 1),
        ("other", 1),
    ];

    private static readonly (string, double)[] Services =
    [
        ("refund", 38),
        ("unfair-terms", 14),
        ("false-promotion", 12),
        ("customer-service", 9),
        ("quality", 7),
        ("fraud", 6),
        ("not-as-described", 4),
        ("after-sales", 4),
        ("order", 4),
        ("data-leak", 1),
        ("invoice", 2),
        ("other", 2),
    ];

    private static readonly (string, double)[] Tickets = [.. Services, ("ticket-fee", 34), ("return-exchange", 6)];
    private static readonly (string, double)[] Meals = [.. Services, ("late-delivery", 30)];
    private static readonly (string, double)[] Streams = [.. Retail, ("minor-payment", 4)];
    private static readonly (string, double)[] Parcels =
    [
        ("logistics", 60),
        ("customer-service", 12),
        ("refund", 10),
        ("fraud", 3),
        ("other", 3),
    ];

    private static readonly (string, int, int)[] Everyday =
    [
        ("不锈钢保温杯", 39, 189),
        ("蓝牙耳机", 89, 799),
        ("空气炸锅", 159, 599),
        ("记忆棉枕头", 59, 299),
        ("儿童书包", 79, 359),
        ("电动牙刷", 69, 499),
        ("羽绒服", 259, 1899),
        ("运动鞋", 129, 899),
        ("扫地机器人", 899, 3999),
        ("智能手机", 1299, 6999),
        ("平板电脑", 999, 4599),
        ("洗衣机", 899, 4299),
        ("折叠床", 139, 599),
        ("四件套", 99, 599),
        ("行李箱", 149, 899),
        ("电热水壶", 49, 259),
    ];

    private static readonly (string, int, int)[] Beauty =
    [
        ("精华液", 129, 899),
        ("护肤套装", 199, 1299),
        ("玉石手镯", 299, 8999),
        ("银饰项链", 99, 899),
        ("女士连衣裙", 89, 599),
        ("减脂代餐粉", 69, 499),
        ("染发膏", 29, 129),
        ("紫砂壶", 199, 3999),
        ("养生茶", 49, 399),
        ("防晒衣", 59, 299),
    ];

    private static readonly Dictionary<string, Wares> BySector = new(StringComparer.Ordinal)
    {
        ["general-retail"] = new("goods", Everyday, Retail),
        ["cross-border"] = new(
            "goods",
            [
                ("进口奶粉", 199, 1299),
                ("香水", 299, 1899),
                ("维生素软糖", 79, 399),
                ("女士手袋", 1299, 18999),
                ("面霜", 199, 1999),
                ("运动手表", 799, 4999),
                ("太阳镜", 299, 2599),
            ],
            Retail
        ),
        ["second-hand"] = new(
            "goods",
            [
                ("二手手机", 499, 4999),
                ("二手相机", 899, 9999),
                ("二手游戏机", 599, 2499),
                ("闲置婴儿车", 99, 899),
                ("二手笔记本电脑", 999, 6999),
                ("二手自行车", 199, 1899),
            ],
            Retail
        ),
        ["fresh-food"] = new(
            "goods",
            [
                ("车厘子礼盒", 69, 399),
                ("大闸蟹礼券", 199, 999),
                ("冷冻牛排", 89, 499),
                ("有机蔬菜套餐", 39, 259),
                ("土鸡蛋", 29, 129),
                ("鲜奶月卡", 99, 299),
                ("榴莲", 79, 299),
            ],
            Retail
        ),
        ["brand"] = new("goods", Everyday, Retail),
        ["social"] = new("goods", Beauty, Streams),
        ["live-commerce"] = new("goods", Beauty, Streams),
        ["auto"] = new(
            "goods",
            [
                ("行车记录仪", 199, 1299),
                ("汽车脚垫", 129, 899),
                ("轮胎四条", 999, 3999),
                ("新车订金", 1000, 20000),
                ("二手轿车", 29999, 159999),
            ],
            Retail
        ),
        ["travel"] = new(
            "service",
            [
                ("三亚五日跟团游", 1599, 8999),
                ("海景酒店两晚", 399, 2999),
                ("云南自由行套餐", 1299, 6999),
                ("往返机票", 499, 4999),
                ("亲子乐园套票", 299, 1899),
                ("古镇民宿", 199, 1299),
            ],
            Tickets
        ),
        ["ticketing"] = new(
            "service",
            [
                ("演唱会门票", 380, 2580),
                ("话剧票", 180, 880),
                ("国内机票", 399, 2999),
                ("高铁代购票", 99, 899),
                ("音乐节双日票", 399, 1299),
            ],
            Tickets
        ),
        ["mobility"] = new(
            "service",
            [("机场接送", 89, 399), ("顺风车行程", 29, 299), ("租车三天", 299, 1899), ("打车月卡", 19, 99)],
            Services
        ),
        ["food-delivery"] = new(
            "service",
            [
                ("双人套餐外卖", 39, 159),
                ("生日蛋糕", 99, 399),
                ("奶茶四杯", 49, 99),
                ("外卖会员月卡", 15, 30),
                ("烧烤拼盘", 69, 259),
            ],
            Meals
        ),
        ["community"] = new(
            "service",
            [
                ("保洁四次卡", 299, 899),
                ("月嫂定金", 1000, 5000),
                ("空调清洗", 99, 299),
                ("搬家服务", 299, 1999),
                ("家电上门维修", 99, 699),
            ],
            Services
        ),
        ["sharing"] = new(
            "service",
            [("共享单车年卡", 99, 240), ("充电宝租借", 9, 99), ("共享电车押金", 199, 299)],
            Services
        ),
        ["recruitment"] = new("service", [("求职置顶包", 99, 999), ("简历精修", 199, 1299)], Services),
        ["dating"] = new("service", [("红娘牵线套餐", 1999, 19999), ("会员季卡", 199, 899)], Services),
        ["commerce-training"] = new(
            "service",
            [
                ("电商运营课", 1980, 12800),
                ("短视频剪辑课", 980, 6980),
                ("带货主播训练营", 2980, 19800),
                ("开店陪跑服务", 3980, 29800),
            ],
            Services
        ),
        ["digital-health"] = new(
            "service",
            [("在线问诊包", 49, 399), ("体检套餐", 299, 2999), ("口腔护理套餐", 99, 1999)],
            Services
        ),
        ["industrial"] = new(
            "goods",
            [("手电钻套装", 199, 899), ("工业轴承一箱", 599, 8999), ("劳保手套", 59, 399)],
            Retail
        ),
        ["logistics-tech"] = new(
            "service",
            [("寄件服务", 12, 199), ("大件物流", 99, 999), ("同城急送", 19, 99)],
            Parcels
        ),
        ["retail-services"] = new("service", [("店铺装修模板", 99, 999), ("收银系统年费", 699, 3999)], Services),
        ["fintech"] = new(
            "service",
            [("分期服务", 999, 19999), ("会员加速包", 99, 499), ("借款服务费", 199, 2999)],
            Services
        ),
        ["other"] = new("goods", Beauty, Retail),
    };

    /// <summary>The wares of a sector.</summary>
    public static Wares Of(string sector) => BySector[sector];

    /// <summary>What goes wrong between sellers and platforms.</summary>
    public static readonly IReadOnlyList<(string Item, double Weight)> SellerProblems =
    [
        ("refund-only", 46),
        ("over-protection", 14),
        ("arbitrary-fine", 14),
        ("deposit", 9),
        ("funds-frozen", 9),
        ("shop-closure", 4),
        ("deposit-seizure", 4),
    ];

    /// <summary>What a claimant asks for, by problem.</summary>
    public static IReadOnlyList<(string Item, double Weight)> Demands(string problem) =>
        problem switch
        {
            "quality" or "not-as-described" =>
            [
                ("refund", 4),
                ("return", 3),
                ("exchange", 2),
                ("repair", 1),
                ("compensation", 1),
            ],
            "after-sales" => [("repair", 4), ("refund", 3), ("exchange", 2), ("compensation", 1)],
            "return-exchange" => [("return", 5), ("exchange", 3), ("refund", 2)],
            "shipping" or "order" => [("refund", 4), ("make-up-quantity", 2), ("compensation", 3), ("other", 1)],
            "counterfeit" or "fraud" or "false-promotion" => [("refund", 5), ("compensation", 5), ("return", 1)],
            "customer-service" => [("apology", 5), ("refund", 2), ("other", 2)],
            "data-leak" => [("apology", 4), ("compensation", 3), ("other", 2)],
            "invoice" or "other" => [("other", 6), ("apology", 1)],
            "logistics" or "late-delivery" => [("compensation", 5), ("refund", 4), ("redo", 1)],
            _ => [("refund", 8), ("compensation", 2)],
        };
}
