namespace Hengping.World;

/// <summary>A consumer of the world.</summary>
/// <param name="Surname">What the respondent reads.</param>
/// <param name="Province">The first two digits of the division code.</param>
public sealed record PersonPlan(
    Guid Id,
    string Surname,
    string Name,
    bool Woman,
    string Phone,
    string Province,
    DateTimeOffset Joined
);

/// <summary>The consumers: invented names, and phone numbers of a block that is not handed out.</summary>
public static class People
{
    private const string Surnames =
        "王王王李李李张张张刘刘陈陈杨杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾韦夏付方邹熊白孟秦邱侯江尹薛闫段雷龙陶史贺毛郝顾龚邵万覃武钱戴严莫孔向常";
    private const string Women =
        "芳娜敏静丽艳娟霞婷雪玲琳慧莹倩颖洁燕红梅兰欣怡佳悦萍蓉薇晴岚瑶璐思雨涵诗梦晨琪妍可馨芷若舒然";
    private const string Men =
        "伟强磊军勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆文博子轩嘉豪志远泽晨睿航一鸣昊然立成建国海峰";

    /// <summary>Two digits of GB/T 2260, weighted about as people live.</summary>
    private static readonly (string Item, double Weight)[] Provinces =
    [
        ("44", 126),
        ("37", 101),
        ("41", 98),
        ("32", 85),
        ("51", 84),
        ("13", 74),
        ("43", 66),
        ("33", 65),
        ("34", 61),
        ("42", 58),
        ("45", 50),
        ("53", 47),
        ("36", 45),
        ("21", 42),
        ("35", 42),
        ("61", 39),
        ("52", 38),
        ("14", 35),
        ("50", 32),
        ("23", 31),
        ("65", 26),
        ("62", 25),
        ("31", 25),
        ("22", 24),
        ("15", 24),
        ("11", 22),
        ("12", 14),
        ("46", 10),
        ("64", 7),
        ("63", 6),
        ("54", 4),
    ];

    /// <summary>Person number <paramref name="index"/> of the world: known before <paramref name="start"/>.</summary>
    public static PersonPlan Plan(ulong seed, DateTimeOffset start, int index)
    {
        var chance = new Chance(seed, "person", index);
        var joined = start.AddMinutes(-chance.Between(1, 500_000));
        var woman = chance.Hits(0.53);
        var letters = woman ? Women : Men;
        var surname = Surnames[chance.Below(Surnames.Length)].ToString();
        var given = letters[chance.Below(letters.Length)].ToString();
        if (chance.Hits(0.7))
            given += letters[chance.Below(letters.Length)];
        return new PersonPlan(
            chance.Id(joined),
            surname,
            surname + given,
            woman,
            Phone: $"1660{index:0000000}",
            chance.Weigh(Provinces),
            joined
        );
    }
}
