using System.Globalization;
using Hengping.Rules;

namespace Hengping.App.Importing;

/// <summary>Why a row is not loaded. The codes are stable; docs/import.md explains them.</summary>
public static class Reject
{
    /// <summary>Texts of a source may have up to 64,000 characters.</summary>
    public const int TextLimit = 64_000;

    /// <summary>An id may have up to 200.</summary>
    public const int IdLimit = 200;

    public static readonly Refusal Blank = new("row.blank", "空行", "The row is blank");

    /// <summary>No cell of any source is longer, UTF-16 units.</summary>
    public const int CellLimit = 1_000_000;

    public static readonly Refusal HugeCell = new(
        "cell.too-long",
        "有单元格超过 100 万字",
        "A cell has more than 1,000,000 characters"
    );

    public static readonly Refusal HugeRow = new(
        "row.too-long",
        "这一行超过 800 万字节，没有读取",
        "The row has more than 8,000,000 bytes and is not read"
    );

    public static readonly Refusal Columns = new(
        "row.columns",
        "字段过多：全文件不同的字段名超过 1000 个，或字段名超过 200 字",
        "Too many fields: more than 1,000 different names in the file, or a name of more than 200 characters"
    );

    public static readonly Refusal Bytes = new(
        "row.encoding",
        "有无法识别的字节，原文会丢失；请检查文件编码",
        "It holds bytes that are no text in the file's encoding, and would be lost; check the encoding"
    );

    public static readonly Refusal Quote = new(
        "row.quote",
        "引号没有闭合，无法还原这一行",
        "A quote is not closed: the row cannot be told apart"
    );

    public static readonly Refusal Malformed = new("row.malformed", "不是有效的 JSON 对象", "Not a valid JSON object");

    public static readonly Refusal Duplicate = new(
        "id.duplicate",
        "编号在本文件中重复出现",
        "This id stands in the file before"
    );

    public static readonly Refusal NoRespondent = new(
        "respondent.missing",
        "没有被投诉人名称",
        "The respondent's name is missing"
    );

    public static readonly Refusal NoShop = new("shop.missing", "没有店铺名称", "The shop's name is missing");

    public static readonly Refusal NoOrder = new(
        "order.missing",
        "没有订单号，或订单号过长",
        "The order's number is missing or too long"
    );

    public static readonly Refusal Negative = new(
        "quantity.negative",
        "数量为负，且不是退货单：是库存调整，不是订单",
        "A negative quantity that is no return: it corrects the stock and is no order"
    );

    public static readonly Refusal LongText = new(
        "text.too-long",
        "正文超过 64000 字",
        "The text has more than 64,000 characters"
    );

    public static readonly Refusal LongId = new(
        "id.too-long",
        "编号超过 200 字",
        "The id has more than 200 characters"
    );

    public static readonly Refusal RoundedId = new(
        "id.rounded",
        "编号被电子表格改成了科学计数（如 2.3E+18），已无法分辨；请以文本格式重新导出",
        "A spreadsheet rounded this id (as 2.3E+18); export it again as text"
    );

    /// <summary>A sheet beside the others, without their columns.</summary>
    public static Refusal Sheet(string name) =>
        new(
            "sheet.columns",
            $"工作表“{Short(name)}”没有这个映射需要的列，没有读取",
            $"The sheet \"{Short(name)}\" lacks the columns of this mapping and is not read"
        );

    /// <summary>More or fewer cells than the header has columns.</summary>
    public static Refusal Shifted(int cells, int columns) =>
        new(
            "row.shifted",
            string.Create(CultureInfo.InvariantCulture, $"列数不符：表头 {columns} 列，本行 {cells} 列"),
            string.Create(CultureInfo.InvariantCulture, $"The header has {columns} columns, this row has {cells}")
        );

    /// <summary>An instant that the rules cannot do without is not given.</summary>
    public static Refusal NoDate(string column) =>
        new("date.missing", $"缺少日期“{column}”", $"The date in \"{column}\" is missing");

    /// <summary>Not a date in the order this mapping reads.</summary>
    public static Refusal BadDate(string column, string value) =>
        new(
            "date.unreadable",
            $"“{column}”不是可识别的日期：{Short(value)}",
            $"No date can be read in \"{column}\": {Short(value)}"
        );

    /// <summary>Nothing happens in the future.</summary>
    public static Refusal FutureDate(string column) =>
        new("date.future", $"“{column}”在未来", $"The date in \"{column}\" lies in the future");

    /// <summary>The order of instants holds: nothing happens before what it follows.</summary>
    public static Refusal DatesOrder(string later, string earlier) =>
        new("date.order", $"“{later}”早于“{earlier}”", $"\"{later}\" is before \"{earlier}\"");

    /// <summary>Not a number, or out of its range.</summary>
    public static Refusal BadNumber(string column, string value) =>
        new(
            "number.unreadable",
            $"“{column}”不是有效的数值：{Short(value)}",
            $"No valid number in \"{column}\": {Short(value)}"
        );

    private static string Short(string value) => value.Length <= 40 ? value : value[..40] + "…";
}
