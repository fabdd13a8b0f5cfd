using Hengping.Rules.Appeals;
using Hengping.Rules.Measures;

namespace Hengping.World;

/// <summary>What shops and persons say in their appeals, and what they are answered, by the ground of the measure.
/// </summary>
internal static class AppealTexts
{
    /// <summary>Of one ground.</summary>
    public sealed record Plan(string Cause, string Corrective, string Preventive)
    {
        /// <summary>Where the decision is wrong.</summary>
        public string Wrong { get; init; } = "决定所依据的记录不是我们的，见附上的订单清单。";

        /// <summary>Why it is overturned.</summary>
        public string WhyWrong { get; init; } = "复核订单后，原来的记录不足以认定违规，撤销并恢复。";

        /// <summary>What is left of it, granted in part.</summary>
        public string Scope { get; init; } = "限制减到原来的一半，其他不再限制。";

        /// <summary>Why it is granted in part.</summary>
        public string InPart { get; init; } = "改正已经做了一半，剩下的还没有记录，限制减半。";
    }

    public const string Missing = "只写了“管理疏忽”，请写清是哪一步出了问题、从什么时候开始。";
    public const string Upheld = "事实清楚；原因写到了，但改正和预防都只有承诺，没有已经做到的记录可以核对。措施继续。";
    public const string NotShown = "只写了要做，没有提交已经做到的记录（例如照片、台账、截图）";

    /// <summary>Why a statement is accepted: a promise cannot be checked against records yet.</summary>
    public static string Accepted(AppealSection section) =>
        section switch
        {
            AppealSection.RootCause => "与进货和订单记录对得上，能解释发生的事",
            AppealSection.Preventive => "写明了做法、负责人和完成日期，到期后核对效果",
            _ => "与平台的订单和物流记录核对一致",
        };

    public static Plan Of(MeasureReason reason) =>
        reason switch
        {
            MeasureReason.FalsePromotion => new(
                "文案由外包公司写，上架前没有人核对有没有依据。",
                "已删去全部没有依据的宣传，共改 12 个页面。",
                "每个页面上架前由运营核对依据，依据存档三年。"
            )
            {
                Scope = "只限没有改正的页面，已改正的页面恢复。",
                InPart = "12 个页面已改正 9 个，还有 3 个仍有没有依据的说法：限制缩小到这 3 个。",
            },
            MeasureReason.Price => new(
                "系统按吊牌价自动生成划线价，没有核对前七日成交价。",
                "已撤下全部划线价，向 6 位咨询的买家说明。",
                "划线价改由财务按前七日成交价填写，每周复核一次。"
            ),
            MeasureReason.Quality => new(
                "换批次时没有重新送检，质检只看了旧批次的报告。",
                "已封存同批次 86 件，联系 41 位买家，退款 39 单。",
                "每批到货抽检 5 件，报告存档三年。"
            )
            {
                Wrong =
                    "27 单退货里有 21 单是七天无理由退货，不是品质问题；品质退货只有 6 单，占 2.5%，低于 3% 的标准。",
                WhyWrong =
                    "逐单核对：27 单退货中 21 单是无理由退货，不应计入；品质退货 6 单，占 2.5%，没有超过 3% 的标准。",
                Scope = "只限已封存的旧批次，其他批次可以正常销售。",
                InPart = "新批次的检测报告合格，旧批次仍不合格：限制缩小到旧批次。",
            },
            MeasureReason.FakeReviews => new(
                "运营为完成销售目标，自己安排员工下单和写评价，店长没有复核。",
                "已停止并处分两名员工，申请删除这些评价。",
                "员工账号不得在本店下单，每周由店长核对订单和评价。"
            )
            {
                Scope = "只限涉及的商品，店铺其他商品恢复展示。",
                InPart = "虚假评价集中在一件商品，其他商品没有发现：限制缩小到这件商品。",
            },
            MeasureReason.Licence => new(
                "证件由行政部门保管，换人以后没有人管到期日。",
                "已申请续期，取得受理通知书；到期商品全部停售。",
                "证件到期前六十天由系统提醒，两人负责。"
            )
            {
                Scope = "只限没有证件的商品，证件有效的商品恢复。",
                InPart = "部分商品的证件核验有效：限制缩小到没有证件的商品。",
            },
            MeasureReason.Safety => new(
                "换批次时电芯换了供应商，没有重新送检充电发热。",
                "已封存同批次 86 件，联系 41 位买家停止使用，退款 39 单。",
                "每批到货抽检 5 件充电温度，报告存档三年。"
            )
            {
                Scope = "只限 10 月以前生产的旧批次，其他批次可以正常销售。",
                InPart = "检测报告证明新批次合格，旧批次没有报告，仍有风险：限制缩小到旧批次。",
            },
            MeasureReason.Counterfeit => new(
                "进货时只看了发票，没有核对品牌授权。",
                "已停售并退回同批 40 件，联系买家退款 3 单。",
                "只从品牌授权的供应商进货，授权书逐批核对并存档。"
            )
            {
                Wrong = "这批鞋从品牌授权经销商进货，有授权书和发票；防伪码查不到，是品牌系统还没有录入新批次。",
                WhyWrong = "品牌方复核确认：该批次是正品，防伪码晚录入。仅凭防伪码查询不到，不足以认定假冒。",
            },
            MeasureReason.PersonalData => new(
                "打包员为推销，把其他买家的快递面单当作广告夹进包裹。",
                "已收回没有发出的 120 份，向 18 位买家道歉。",
                "面单当天销毁，包裹由两人复核后封箱。"
            ),
            MeasureReason.Prohibited => new(
                "选品时没有查禁售目录，以为“雾化器”可以卖。",
                "已下架全部同款，封存库存 60 件。",
                "新品上架前由专人查禁售目录并留记录。"
            ),
            MeasureReason.IpNotice => new(
                "图案由设计师从网上找来，没有核对授权。",
                "已下架同图案商品，停止发货。",
                "所有图案须有授权书，上架前由法务核对。"
            ),
            MeasureReason.AbusiveClaims => new(
                "买到的两件商品确有问题，用了同样的文字投诉。",
                "已撤回三件没有证据的索赔。",
                "以后每件只按实际问题写，并附照片。"
            )
            {
                Wrong = "退回的就是原来那件：有开箱视频和快递称重单，重量与发货时相同；仓库的秤当天没有校准。",
                WhyWrong = "快递称重单与发货重量一致，仓库的秤当天没有校准记录：不足以认定调换，撤销并恢复。",
            },
            MeasureReason.Fraud => new(
                "资金周转不上，收款后没有能力发货，又没有及时告诉买家。",
                "已退款 51 单，其余 21 单正在筹款退还。",
                "以后有货才上架，货款由平台保管到签收。"
            ),
            _ => new(
                "发货和退款由一人负责，活动期间人手不够，没有人接手。",
                "已补发和退款全部逾期订单，逐单联系买家。",
                "活动期间增加两名客服，每天核对逾期订单。"
            ),
        };
}
