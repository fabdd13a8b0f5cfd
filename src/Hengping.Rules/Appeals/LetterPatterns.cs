using System.Text.RegularExpressions;

namespace Hengping.Rules.Appeals;

/// <summary>
/// Shapes rather than words: names of people, numbers, models, fields. All bounded, as in <see cref="Dates"/>.
/// </summary>
internal static partial class LetterPatterns
{
    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const RegexOptions Exact = RegexOptions.CultureInvariant;

    private const string Surname =
        "[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹柏窦章苏潘葛范彭鲁韦马苗方俞任袁柳史唐费薛雷贺倪汤"
        + "滕罗毕郝邬安常于傅齐康伍余元顾孟黄萧尹姚邵汪祁毛米戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍"
        + "万柯管卢莫房丁邓洪包石崔龚程邢裴陆荣翁段侯武刘景龙叶黎薄白蔺乔翟谭申冉牛边尚温庄晏柴瞿阎习易廖聂曾岳赖焦侍佟曲闫覃饶向关桂仇]";

    /// <summary>Words that begin like a name and are none.</summary>
    private const string NoName =
        "范本|安全|高度|温度|方案|方法|常规|全部|万元|金额|毛利|毛刺|马上|明显|成本|成品|应急|关于|管理|向|路上|原料|原因|平台|平时|平均|"
        + "石墨|戴上|经过|经查|任何|何时|施工|水洗|水溶|章程|白色|黎明|时间|时效|项目|强度|强制|和|于|应|易碎|易燃|连续|关键|关闭|后台|盖子|"
        + "宣传|单据|明确|明细|计划|伏|元起|余|柜台|贴标|冷链|简易|空运|满|充电|古|东|文案|文字|文件|国家|国标|广告|包装|包括|左右|段时间|"
        + "龙头|叶片|池|乔|黄色|红|蓝|温湿|高温|高压|小[袋时组包件票样批孩店箱卖程瓶盒型于心数部份额块口]|老[版货客板人化款模旧样师顾]|阿里";

    /// <summary>A number that is a mark of a paper, a model, a clause or a list, and says no quantity.</summary>
    [GeneratedRegex(
        "(?:附件?|图|表|序号|截图|凭证|证据|attachments?|att|annex(?:es)?|appendix|appendices|exhibits?|enclosures?|"
            + "encl|doc(?:ument)?s?|"
            + "files?|papers?|screenshots?|sheets?|photos?|e-?mails?|spreadsheets?|tabs?|items?|notes?|"
            + "proofs?)\\.? ?(?:no\\.? ?)?"
            + "[\\d一二三四五六七八九十]{1,3}(?: ?(?:[,、&至~-]|and|to|和) ?\\d{1,3})*(?! ?(?:张|份|页|组|个))\\b"
            + "|[(] ?\\d{1,2}(?: ?[,、-] ?\\d{1,2})* ?[)]"
            + "|第 ?\\d{1,3}(?:\\.\\d{1,2})? ?条|(?:clause|section|art\\.?|article|rule|page|part|bay|bench|step|"
            + "level|gate|line) \\d{1,3}(?:\\.\\d{1,2})?"
            + "|(?:编号|报告号?|证书号?|批号|型号|货号|款号|单号|订单号?|尾号|备案号|批次|id|ref\\.?|no\\.?|nos\\.?|number|lot|batch|model|"
            + "invoice|order|report|case|sku|serials?)"
            + "(?: ?(?:no\\.?|号|numbers?|id))? ?:? ?[A-Z]{0,6}[-/]?[\\dA-Z][\\dA-Z/-]*\\d[\\dA-Z/-]*"
            + "|\\b(?:EN|IEC|ISO|GB/?T?|UL|ASTM|BS|UN|QP|SOP|DIN|CFR|FCC Part|YY|QB|FZ|HG|"
            + "B0)[ /-]?[A-Z]{0,3}[ -]?\\d[\\d.-]*(?:-\\d{4})?"
            + "|\\b[A-Za-z]{1,12}-?\\d[\\dA-Za-z/-]*\\b|\\b\\d{1,2}[A-Z]{1,3}\\d[\\dA-Z]*\\b|"
            + "\\b\\d{1,2}:\\d{2}\\b|^ ?\\d{1,2}(?:\\.\\d{1,2})?[.、)]? (?=[A-Z\\u4e00-\\u9fff])|"
            + "^\\d{1,2}(?:\\.\\d)?$",
        Any,
        Timeout.Infinite
    )]
    public static partial Regex Marks();

    [GeneratedRegex(
        "\\d|[二两三四五六七八九十百千]{1,4} ?(?:%|件|台|箱|次|套|只|瓶|包|袋|盒|张|支|枚|片|倍|成|遍|道|项|人|名|个|组|家|份|条|块|双|位|批|轮|页|处|"
            + "户|岗|款|成)|百分之|千分之|[一二三]人一|"
            + "\\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
            + "fifty|sixty|hundred|thousand|dozen|twice|half|double|per cent|percent)\\b"
            + "|\\bone (?:in|out of|per|of every) ",
        Any,
        Timeout.Infinite
    )]
    public static partial Regex Figure();

    /// <summary>First and last name, or an initial and a last name.</summary>
    [GeneratedRegex(
        "(?<![A-Za-z'-])(?:(?:Mr|Ms|Mrs|Dr)\\.? )?(?<first>[A-ZÀ-Þ](?:[a-zß-ÿ'-]{1,14}|"
            + "\\.)) (?:[A-Z]\\.? )?(?:(?:de|van|von|la|der|"
            + "O') ?)?(?<last>[A-ZÀ-Þ][a-zß-ÿ'-]{1,16}(?:-[A-Z][a-z]{1,14})?)\\b",
        Exact,
        Timeout.Infinite
    )]
    public static partial Regex FullName();

    /// <summary>What stands before a name of goods, firms and rules rather than before a person's.</summary>
    [GeneratedRegex("\\b(?:the|a|an|our|your|their|in|at|from|of|on|for|to) $", Any, Timeout.Infinite)]
    public static partial Regex Article();

    /// <summary>A capital word, which may be a first name.</summary>
    [GeneratedRegex("(?<![A-Za-z0-9'-])[A-ZÀ-Þ][a-zß-ÿ]{1,14}\\b(?!')", Exact, Timeout.Infinite)]
    public static partial Regex FirstName();

    [GeneratedRegex("\\b(?:Mr|Ms|Mrs|Miss|Dr)\\.? [A-Z]", Exact, Timeout.Infinite)]
    public static partial Regex Titled();

    /// <summary>A Chinese name where one does something, or as one speaks of people: 小周, 韩工, 唐姐.</summary>
    [GeneratedRegex(
        "(?:^|[,、;:。(\\s|由让请归给和与及向经跟是日号起])(?!"
            + NoName
            + ")"
            + Surname
            + "[\\u4e00-\\u9fff]{1,2}(?=[把将每给去签逐抽检查登收盯,、)|/]|负责|完成|管|核|审|办|联系|带|监督|通知|确认|更|停|下架| )"
            + "|(?!"
            + NoName
            + ")[小老阿][\\u4e00-\\u9fff](?=[把将每给在于去对已按从也还一是的,、)|。]|负责|完成|管|核|审|办|检|查|签|做|来|联系|发|通知|盘|登)"
            + "|"
            + Surname
            + "[\\u4e00-\\u9fff]?(?:师傅|工(?![艺厂作序人])|经理|主管|姐|哥|叔|婶|总(?![共计])|阿姨|老师|大姐|会计)"
            + "|(?:负责人|责任人|经办人?|执行人?|负责|主管|owner|responsible|who|person in charge|in charge|by whom|done by|"
            + "lead) ?: ?(?!我们|本店|公司|we\\b|us\\b|our\\b)[^\\s|,;。]",
        Any,
        Timeout.Infinite
    )]
    public static partial Regex NameZh();

    [GeneratedRegex("\\\"[^\\\"]{0,80}\\\"|「[^」]{0,80}」|《[^》]{0,80}》", Exact, Timeout.Infinite)]
    public static partial Regex Quoted();

    [GeneratedRegex(
        "^(?:(?:申诉|涉及|涉事|被下架|被罚|所涉|关联|违规)?(?:商品|产品|货品)(?:名称|信息|名|及型号)?|Products?(?: name| concerned)?|"
            + "Items?|Goods|Listing(?: affected| under appeal)?|Article|【(?:商品|"
            + "产品)(?:名称)?】) ?: ?(?<product>.{2,160})",
        Any,
        Timeout.Infinite
    )]
    public static partial Regex Product();

    [GeneratedRegex(
        "^\\W*(?:Date[^:]{0,24}:|Dated |Submitted |Written |Letter of|Our letter|This letter|(?:申诉|提交|落款|"
            + "撰写|写信|本信|填写|报送)?(?:日期|时间) ?[:】]|本?信写于|写于)|(?:本信|信)写于|this letter |we write on ",
        Any,
        Timeout.Infinite
    )]
    public static partial Regex Dated();

    [GeneratedRegex(
        "(?<![A-Za-z0-9/-])[A-Z]{1,6}(?:-[A-Z]{1,3})?[-"
            + " ]?\\d{1,5}[A-Z]{0,3}(?:-[A-Z0-9]{1,4})?(?![A-Za-z0-9/-]|"
            + "\\.\\d)",
        Exact,
        Timeout.Infinite
    )]
    public static partial Regex Model();

    [GeneratedRegex(
        "^(?:B0|E ?\\d{1,2}$|ISO|GB|EN|IEC|UN|UL|ASTM|BS|DIN|CFR|(?:YY|QB|FZ|HG)(?:/T)? ?\\d{4}|QP|Q[1-4]$|No|NO|SKU|"
            + "ID|ASIN|A ?\\d$|T ?\\d|V ?\\d$|PO|AQL|SC|QS|FCC|CE|IP\\d|PM ?2|[A-Z] ?\\d$|I \\d|AT \\d|LOT|REV|"
            + "WEEK|K-\\d)",
        Exact,
        Timeout.Infinite
    )]
    public static partial Regex NoModel();

    /// <summary>The mark of a measure or a case, which is no model.</summary>
    [GeneratedRegex(
        "(?:编号|单号|处罚单|工单|单据号|案号|\\b(?:ref|reference|case|notice|ticket|complaint|takedown|removal|"
            + "decision|order|id|no|number))(?: ?(?:no|号|number|"
            + "id))?[.:# (]{0,4}(?:of )?[A-Z]{1,6}[-/ ]?[A-Z0-9/-]{0,8}\\d{4}[A-Z0-9/-]{0,24}",
        Any,
        Timeout.Infinite
    )]
    public static partial Regex Reference();

    /// <summary>A brand with the name of a product after it.</summary>
    [GeneratedRegex(
        "(?<brand>[A-Z][A-Za-z]{3,20})(?: |-)(?<name>(?:[A-Z][A-Za-z]{2,20}|"
            + "[A-Z]{0,6}-?\\d{1,5}[A-Z]{0,3})(?:[ -](?:[A-Z][A-Za-z]{2,20}|[A-Z]{0,4}\\d{1,5}))?)",
        Exact,
        Timeout.Infinite
    )]
    public static partial Regex Branded();

    /// <summary>What says that a paper is for the product named after it.</summary>
    [GeneratedRegex(
        "\\b(?:for|covers|covering|of|on|model|适用于?|型号)(?: (?:the|our|a|model|product|article)){0,2} ?$",
        Any,
        Timeout.Infinite
    )]
    public static partial Regex IsFor();

    /// <summary>A model that a paper is said to be for.</summary>
    [GeneratedRegex(
        "(?:型号|机型|款号|货号|规格|适用于?|样品|品名|产品名称|受检产品|授权商品|商品名称|\\bfor\\b|\\bmodels?|\\bstyle|\\btype|\\bitem|"
            + "\\barticle|covers|covering)(?: |:|,|\\(|为|是|写明|the|model|"
            + "item){0,6}(?:[^,.;()。]{0,24} )?(?<model>(?<![A-Za-z0-9/-])(?-i:[A-Z]{1,6}(?:-[A-Z]{1,3})?[-"
            + " ]?\\d{1,5}[A-Z]{0,3}(?:-[A-Z0-9]{1,4})?))(?![A-Za-z0-9/-])",
        Any,
        Timeout.Infinite
    )]
    public static partial Regex ModelOfPaper();

    /// <summary>Numbers in brackets, by which letters point to their papers.</summary>
    [GeneratedRegex("[(] ?\\d{1,2}(?: ?[,、-] ?\\d{1,2})* ?[)]", Exact, Timeout.Infinite)]
    public static partial Regex Bracketed();

    [GeneratedRegex(
        "有效期?限?(?:间|至|到|为|截至|截止)?|授权期限?|(?:授权|许可|合同)?期限|有效至|失效|到期日?|截止|截至|\\bvalid(?:ity)?\\b|"
            + "\\bexpir\\w{0,5}\\b|\\bterm\\b|\\bgood (?:until|to|till)\\b|\\bin force\\b|\\bruns? (?:until|to|"
            + "out)\\b|\\blapsed?\\b|\\bended\\b",
        Any,
        Timeout.Infinite
    )]
    public static partial Regex Validity();

    [GeneratedRegex("^ ?(?:起? ?(?:至|到|-|~|—)|to|until|till|through|and) ?$", Any, Timeout.Infinite)]
    public static partial Regex Range();

    [GeneratedRegex("保质期|best before|use by|shelf life", Any, Timeout.Infinite)]
    public static partial Regex OfGoods();
}
