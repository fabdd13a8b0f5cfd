using Hengping.Rules.Measures;

namespace Hengping.World;

/// <content>IP notices, and what is heavy.</content>
internal static partial class MeasuresOfWorld
{
    private static readonly IReadOnlyList<MeasureScript> Heavy =
    [
        Of(
            MeasureKind.ListingDown,
            MeasureReason.FalsePromotion,
            TargetKind.Listing,
            "助眠枕头",
            55,
            MeasureFate.Lifted,
            "宣称“三天治好失眠”，没有任何依据，普通枕头不得宣称治疗功效。",
            OnlyThis
        ) with
        {
            Until = "删去功效宣传",
        },
        Of(
            MeasureKind.ListingDown,
            MeasureReason.IpNotice,
            TargetKind.Listing,
            "卡通保温杯",
            35,
            MeasureFate.Stated,
            "权利人提交著作权登记证书和对比图，称杯身图案未经许可。",
            OnlyThis
        ) with
        {
            Until = "按电子商务法第四十三条",
            Notice = "著作权人：图案登记号作登字2024，要求删除链接。",
            Source = MeasureSource.Notice,
        },
        Of(
            MeasureKind.ListingDown,
            MeasureReason.IpNotice,
            TargetKind.Listing,
            "折叠台灯",
            16,
            MeasureFate.Sued,
            "权利人提交外观设计专利证书，称台灯外观相同。",
            OnlyThis
        ) with
        {
            Until = "按电子商务法第四十三条",
            Notice = "专利权人：外观设计专利，要求断开链接。",
            Source = MeasureSource.Notice,
        },
        Of(
            MeasureKind.ListingDown,
            MeasureReason.IpNotice,
            TargetKind.Listing,
            "手机壳 联名款",
            6,
            MeasureFate.Signed,
            "商标权人提交商标注册证，称商品标题使用其商标。",
            OnlyThis
        ) with
        {
            Until = "按电子商务法第四十三条",
            Notice = "商标权人：第 9 类注册商标，要求删除链接。",
            Source = MeasureSource.Notice,
        },
        Of(
            MeasureKind.SaleForbidden,
            MeasureReason.Prohibited,
            TargetKind.Listing,
            "电子烟 水果味",
            9,
            MeasureFate.Signed,
            "水果味电子烟依法禁止销售，页面以“雾化器”名义出售，有 23 单成交。",
            "不得再售该商品及同款。"
        ) with
        {
            IsUrgent = true,
        },
        Of(
            MeasureKind.SaleForbidden,
            MeasureReason.Quality,
            TargetKind.Listing,
            "儿童羽绒服",
            8,
            MeasureFate.Heard,
            "监督抽查初检和复检均不合格：绒子含量 61%，标称 90%。",
            OnlyThis
        ) with
        {
            Until = "整改后复检合格，复检报告经审核员核对",
            Source = MeasureSource.Authority,
        },
        Of(
            MeasureKind.SaleForbidden,
            MeasureReason.Safety,
            TargetKind.Listing,
            "插线板 六孔",
            1,
            MeasureFate.Waits,
            "国外已召回同型号插线板，进口商确认同一批次在售。",
            OnlyThis
        ) with
        {
            Until = "提供进货批次证明，审核员核实不属于召回批次",
            Source = MeasureSource.Authority,
        },
        Of(
            MeasureKind.FeeDeducted,
            MeasureReason.OtherRule,
            TargetKind.Shop,
            "",
            11,
            MeasureFate.Heard,
            "承诺四十八小时发货，31 单超时且未与买家协商。",
            "只扣超时赔付金，不影响经营。"
        ) with
        {
            Amount = 310m,
        },
        Of(
            MeasureKind.FeeDeducted,
            MeasureReason.OtherRule,
            TargetKind.Shop,
            "",
            44,
            MeasureFate.Signed,
            "活动承诺的赠品 20 单没有寄出，买家投诉属实。",
            "只扣赠品折价，不影响经营。"
        ) with
        {
            Amount = 240m,
        },
        Of(
            MeasureKind.DepositDeducted,
            MeasureReason.Counterfeit,
            TargetKind.Shop,
            "",
            28,
            MeasureFate.Appealed,
            "鉴定机构认定 3 件样品为假冒，出具鉴定报告。",
            "用于先行赔付买家，不影响其余保证金。"
        ) with
        {
            Amount = 6_000m,
        },
        Of(
            MeasureKind.ShopClosed,
            MeasureReason.Counterfeit,
            TargetKind.Shop,
            "",
            50,
            MeasureFate.Signed,
            "一年内四次售假，均经鉴定，两次申诉维持原处置。",
            "停止销售，店铺页面保留供买家查询订单。"
        ) with
        {
            Cause = ClosingCause.RepeatedSerious,
            Until = "不再恢复",
        },
        Of(
            MeasureKind.ShopClosed,
            MeasureReason.OtherRule,
            TargetKind.Shop,
            "",
            7,
            MeasureFate.Heard,
            "六个月未通过经营信息复核，登记地址已无人经营，五次通知未回复。",
            "三十日后停止销售，已有订单照常处理。"
        ) with
        {
            Until = "重新通过复核",
        },
        Of(
            MeasureKind.BlackListed,
            MeasureReason.Fraud,
            TargetKind.Shop,
            "",
            65,
            MeasureFate.Signed,
            "收款后集中关店，72 单未发货，已移送公安。",
            "该主体及法定代表人不能再入驻。"
        ) with
        {
            Days = 365,
        },
        Of(
            MeasureKind.CampaignBarred,
            MeasureReason.Price,
            TargetKind.Shop,
            "",
            13,
            MeasureFate.Dropped,
            "大促前三天提价 30%，再以原价作为促销价。",
            "不能报名下一次活动。"
        ) with
        {
            Days = 30,
        },
        Of(
            MeasureKind.DepositDeducted,
            MeasureReason.OtherRule,
            TargetKind.Shop,
            "",
            21,
            MeasureFate.Dropped,
            "17 单延迟退款，买家多次催促。",
            "用于先行赔付买家。"
        ) with
        {
            Amount = 850m,
        },
        Of(
            MeasureKind.AccountRestricted,
            MeasureReason.Prohibited,
            TargetKind.Account,
            "",
            33,
            MeasureFate.Waits,
            "账号在评论区多次发布违禁品联系方式，系统自动限制。",
            "不能发布评论，其他功能不受影响。"
        ) with
        {
            IsUrgent = true,
            Days = 30,
            ByMachine = true,
            Automation = Automation.Fully,
        },
        Of(
            MeasureKind.TrafficReduced,
            MeasureReason.PersonalData,
            TargetKind.Shop,
            "",
            26,
            MeasureFate.Upheld,
            "在包裹里附其他买家的姓名和电话，用于比价营销。",
            "店铺搜索展示减半。"
        ) with
        {
            Days = 30,
        },
    ];
}
