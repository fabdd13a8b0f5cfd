using Hengping.Rules.Measures;

namespace Hengping.World;

/// <content>What is light, and stops of listings.</content>
internal static partial class MeasuresOfWorld
{
    private static readonly IReadOnlyList<MeasureScript> Light =
    [
        Of(
            MeasureKind.Warning,
            MeasureReason.FalsePromotion,
            TargetKind.Shop,
            "",
            40,
            MeasureFate.Signed,
            "详情页写“全网销量第一”，未能提供任何统计依据，经提醒仍保留七天。",
            "警示并要求改正，不限制经营。"
        ) with
        {
            Days = 30,
        },
        Of(
            MeasureKind.Warning,
            MeasureReason.Price,
            TargetKind.Listing,
            "羽绒服 春款",
            5,
            MeasureFate.Signed,
            "划线价 899 元，此前七日没有一单以该价成交，页面未说明其他依据。",
            "警示并要求改正，不限制经营。"
        ) with
        {
            Days = 14,
        },
        Of(
            MeasureKind.Flagged,
            MeasureReason.Quality,
            TargetKind.Shop,
            "",
            12,
            MeasureFate.Signed,
            "近三十天品质退货 41 单，成交 620 单，占 6.6%，高于同类目。",
            "只作提示，不限制经营。"
        ) with
        {
            Until = "连续十四天品质退货率不高于 3%，由系统每天计算",
            ByMachine = true,
        },
        Of(
            MeasureKind.Flagged,
            MeasureReason.Quality,
            TargetKind.Listing,
            "蓝牙耳机 标准版",
            48,
            MeasureFate.Overturned,
            "该商品三十天成交 241 单，退货 27 单，按品质退货计 11.2%，其中多单写“不响”。",
            "只作提示，不限制经营。"
        ) with
        {
            Until = "连续十四天品质退货率不高于 3%，由系统每天计算",
            ByMachine = true,
        },
        Of(
            MeasureKind.TrafficReduced,
            MeasureReason.FakeReviews,
            TargetKind.Listing,
            "即热式饮水机",
            20,
            MeasureFate.Signed,
            "同一批 38 个账号在两小时内下单并写下相同评价，收货地址为同一仓库。",
            "该商品搜索展示减半，不影响已有订单。"
        ) with
        {
            Days = 30,
            ByMachine = true,
            Automation = Automation.Partly,
        },
        Of(
            MeasureKind.TrafficReduced,
            MeasureReason.FakeReviews,
            TargetKind.Shop,
            "",
            90,
            MeasureFate.Signed,
            "店铺客服以好评返现 5 元换取评价，聊天记录 12 份。",
            "店铺搜索展示减半，不影响已有订单。"
        ) with
        {
            Days = 30,
        },
        Of(
            MeasureKind.CampaignBarred,
            MeasureReason.FakeReviews,
            TargetKind.Shop,
            "",
            15,
            MeasureFate.Upheld,
            "本次大促报名商品有 64 笔订单由店铺自己的员工下单后退款。",
            "不能报名本次和下一次活动。"
        ) with
        {
            Days = 60,
        },
        Of(
            MeasureKind.CategoryRestricted,
            MeasureReason.Licence,
            TargetKind.Category,
            "婴幼儿辅食",
            10,
            MeasureFate.Signed,
            "食品经营许可证已于上月到期，两次通知后仍未上传新证。",
            "不能在该类目发布新商品，已有商品暂停展示。"
        ) with
        {
            Until = "上传有效的许可证并通过核验",
        },
        Of(
            MeasureKind.CategoryRestricted,
            MeasureReason.Licence,
            TargetKind.Category,
            "医疗器械",
            62,
            MeasureFate.Lifted,
            "备案凭证与所售产品型号不符，登记为另一型号。",
            "不能在该类目发布新商品。"
        ) with
        {
            Until = "提交与型号一致的备案凭证",
        },
        Of(
            MeasureKind.AccountWatched,
            MeasureReason.AbusiveClaims,
            TargetKind.Account,
            "",
            18,
            MeasureFate.Signed,
            "三十天内向五家店铺提出相同文字的索赔，其中两件被认定为调换商品。",
            "新的索赔由人先看，不限制任何功能。"
        ) with
        {
            Days = 30,
        },
        Of(
            MeasureKind.AccountRestricted,
            MeasureReason.AbusiveClaims,
            TargetKind.Account,
            "",
            25,
            MeasureFate.AsksHuman,
            "以曝光相要挟，向商家索要十倍货款，聊天记录和通话录音为证。",
            "三十天内不能使用极速退款，投诉、举报、申诉不受影响。"
        ) with
        {
            Days = 30,
        },
        Of(
            MeasureKind.AccountRestricted,
            MeasureReason.AbusiveClaims,
            TargetKind.Account,
            "",
            70,
            MeasureFate.Overturned,
            "被认为调换退货商品，依据是仓库称重记录。",
            "三十天内不能使用极速退款。"
        ) with
        {
            Days = 30,
        },
        Of(
            MeasureKind.ListingDown,
            MeasureReason.Safety,
            TargetKind.Listing,
            "儿童充电玩具车",
            3,
            MeasureFate.Signed,
            "两位买家称充电十分钟外壳冒烟，附视频；同批样品复测电池舱温度 92℃。",
            OnlyThis
        ) with
        {
            IsUrgent = true,
            Until = "送检合格，检测报告经审核员核对",
            Source = MeasureSource.Notice,
        },
        Of(
            MeasureKind.ListingDown,
            MeasureReason.Safety,
            TargetKind.Listing,
            "折叠婴儿床",
            2,
            MeasureFate.Waits,
            "护栏间距 78 毫米，超过标准，孩子头部可能被卡；买家实测并附照片。",
            OnlyThis
        ) with
        {
            IsUrgent = true,
            Until = "整改后复检合格，复检报告经审核员核对",
            Source = MeasureSource.Notice,
        },
        Of(
            MeasureKind.ListingDown,
            MeasureReason.Licence,
            TargetKind.Listing,
            "电热水壶 1.8L",
            0,
            MeasureFate.Waits,
            "页面所示 CCC 证书编号查询为已撤销，产品型号也与证书不符。",
            OnlyThis
        ) with
        {
            IsUrgent = true,
            Until = "提交有效证书",
            ByMachine = true,
            Automation = Automation.Fully,
        },
        Of(
            MeasureKind.ListingDown,
            MeasureReason.Counterfeit,
            TargetKind.Listing,
            "运动鞋 限量款",
            30,
            MeasureFate.Overturned,
            "品牌方称鞋盒防伪码查询不到；仅凭该码作出。",
            OnlyThis
        ) with
        {
            Until = "提交正品来源证明",
        },
    ];
}
