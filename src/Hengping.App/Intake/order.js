// Reads the text of an order page. Pure: text in, what was recognised out. What has no label, or stands there twice in
// different ways, is left out: digits alone are no order number, no sum and no date, and tell no platform. Nothing here
// reaches the network.

const ACTIONS = /(?:进店逛逛|进店|进入店铺|联系客服|联系卖家|联系商家|和我联系|在线客服|客服|收藏店铺|关注|复制|展开|>|›|»|→)/;
const TAIL = new RegExp(`(?:\\s*${ACTIONS.source})+\\s*$`);
const AFTER_SHOP = new RegExp(
  "\\s{2,}|\\t|\\s(?=[^\\s:]{2,8}:)" +
    "|(?:订单编号|订单号|下单时间|创建时间|付款时间|实付|应付|交易状态|联系方式|支付方式|配送方式|商品)|" +
    ACTIONS.source,
);
const SHOP_LABEL = new RegExp(
  "(^|[\\s,;|])(店铺名称|店铺名|店铺|商家名称|商家店铺|商家|卖家昵称|卖家|供应商|供货商|商店" +
    "|(?:Shop|Store|Seller|Merchant|Sold by)(?: name)?(?=\\s*:))(\\s*:\\s*|[ \\t]+|\\n)(?=\\S)",
  "g",
);
const NOT_A_SHOP = /^(?:(?:快手|微信|视频号)小店$|优惠|券|红包|已|未|正在|备注|留言|服务|承诺|发货|同意|拒绝|电话|满|减|活动|-|¥|\d+\s*$)|[¥:]/;
const LOOKS_LIKE_SHOP = new RegExp(
  "^[\\p{L}\\p{N}][\\p{L}\\p{N} ·&()_.'-]{1,30}" +
    "(?:旗舰店|专营店|专卖店|官方店|直营店|企业店|自营店|工厂店|直发店|店铺|店)$",
  "u",
);

const ORDER = new RegExp(
  "(商户|支付|子|退款|物流|售后)?(?:订单编号|订单号码|订单号|订单 ?ID|Order (?:No\\.?|number|ID))\\s*:?\\s*" +
    "([0-9]{6}-[0-9]{9,18}|[0-9]{4}(?: [0-9]{2,4}){2,6}(?![0-9 ]*[0-9])|[A-Za-z]{0,2}[0-9]{9,24})(?![0-9])",
  "gi",
);

const MONEY = "([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\\.[0-9]{1,2})?(?![0-9.])";
const PAID = [
  "实付款", "实付金额", "实际付款", "实际支付", "合计支付", "实付", "已付款", "支付金额",
  "(?:[Tt]otal|[Aa]mount|[Aa]ctually) [Pp]aid",
];
const TO_PAY = ["应付总额", "应付金额", "应付款", "订单总价", "订单金额", "订单总额", "合计", "(?:[Oo]rder|[Gg]rand) [Tt]otal"];

const ORDERED = [
  "下单时间", "订单创建时间", "创建时间", "提交时间", "订单时间", "拼单时间",
  "Order (?:[Tt]ime|[Dd]ate)", "Ordered(?: on)?", "Placed on",
];
const PAYING = ["付款时间", "支付时间", "成交时间", "交易时间", "Pa(?:id|yment) (?:[Tt]ime|[Dd]ate|on)"];
const DATE = "(20[0-9]{2})\\s*[-/.年]\\s*([0-9]{1,2})\\s*[-/.月]\\s*([0-9]{1,2})(?![0-9])";

/** Full-width forms as their plain ones, sign by sign: positions stay what they were. */
export const plain = (text) =>
  text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\uFFE5/g, "¥")
    .replace(/[\u3000\u00A0]/g, " ")
    .replace(/\r/g, "\n");

// How each platform names itself on a page of its own: alone on a line, in words that no other has, or in the name of a
// shop there. A card of JD's sold elsewhere, or a parcel it carries, names nobody.
const alone = (names) => `^[ \\t]*(?:${names})[ \\t]*$`;
const PLATFORMS = {
  淘宝: `${alone("淘宝网?|taobao")}|我的淘宝|淘宝(?:订单|网|平台|App)|taobao\\.com|淘气值|淘金币`,
  天猫: `${alone("天[猫貓](?: ?Tmall)?|tmall")}|天[猫貓](?:订单|平台|App|超市|国际|积分)|tmall\\.(?:com|hk)`,
  京东: `${alone("京东|JD")}|京东(?:订单|商城|平台|App|自营|超市|[专旗直官][营舰卖方]店)|(?<![\\w.])jd\\.com|京豆|京东自营`,
  拼多多: `${alone("拼多多")}|拼多多(?:订单|平台|App|商城)|pinduoduo|yangkeduo|拼单(?:时间|成功|价)|多多(?:支付|钱包)`,
  抖音: `${alone("抖音(?:商城|电商)?")}|抖音(?:订单|商城|平台|App|月付|支付|号)|douyin|抖店`,
  闲鱼: `${alone("闲鱼")}|闲鱼(?:订单|平台|App|号|币)|goofish`,
  1688: `${alone("1688|阿里巴巴")}|1688(?:\\.com|订单|采购|批发|平台|App)|诚信通`,
  唯品会: `${alone("唯品会")}|唯品会(?:订单|平台|App|自营)|唯品币|唯品花|(?<![\\w.])vip\\.com`,
  美团: `${alone("美团(?:外卖)?")}|美团(?:订单|外卖|平台|App|快送|专送|配送|月付)|meituan`,
  得物: `${alone("得物")}|得物(?:订单|平台|App|查验|鉴别)|dewu|poizon`,
  小红书: `${alone("小红书(?:商城)?")}|小红书(?:订单|商城|平台|App|号)|xiaohongshu`,
  快手: `${alone("快手(?:小店|商城)?")}|快手(?:订单|小店|商城|平台|App|号)|kuaishou`,
  微信小店: `${alone("微信小店|视频号(?:小店)?")}|微信小店|视频号小店`,
};

/**
 * @param {string} text as pasted
 * @returns {{platform?: string, shop?: string, orderNo?: string, orderedAt?: string, amount?: string, orders: number}}
 *   orderedAt as 2026-10-03, amount in yuan as 1299.00; orders: how many different order numbers stand in the text.
 *   Where there are several nothing is said of any: it would be of another.
 */
export function readOrder(text) {
  const said = plain(text);
  const numbers = orderNumbers(said);
  const platform = platformOf(said);
  if (numbers.length > 1) return { platform, orders: numbers.length };
  return {
    platform,
    shop: shopOf(text, said, numbers[0]),
    orderNo: numbers[0]?.replaceAll(" ", ""),
    orderedAt: dateAfter(said, ORDERED) ?? dateAfter(said, PAYING) ?? dateBefore(said, numbers[0]),
    amount: amountAfter(said, PAID) ?? amountAfter(said, TO_PAY),
    orders: numbers.length,
  };
}

const orderNumbers = (said) => [...new Set([...said.matchAll(ORDER)].filter((m) => !m[1]).map((m) => m[2]))];

function platformOf(said) {
  const named = Object.keys(PLATFORMS).filter((name) => new RegExp(PLATFORMS[name], "imu").test(said));
  return named.length === 1 ? named[0] : undefined;
}

function shopOf(text, said, number) {
  for (const label of said.matchAll(SHOP_LABEL)) {
    const from = label.index + label[0].length;
    const end = said.indexOf("\n", from);
    const shop = nameAt(text, said, from, end < 0 ? said.length : end);
    if (shop) return shop;
  }
  // The app shows the shop above the goods without saying what it is.
  const shops = new Set();
  let from = 0;
  for (const line of said.split("\n")) {
    // In a list of orders it follows the number.
    const after = number && line.includes(number) ? line.indexOf(number) + number.length : 0;
    if (LOOKS_LIKE_SHOP.test(line.slice(after).replace(TAIL, "").trim()))
      shops.add(nameAt(text, said, from + after, from + line.length));
    shops.delete(undefined);
    from += line.length + 1;
  }
  return shops.size === 1 ? [...shops][0] : undefined;
}

// Cut in the plain text, taken from the pasted one: a shop keeps its full-width brackets.
function nameAt(text, said, from, to) {
  const line = said.slice(from, to);
  const cut = line.slice(line.length - line.trimStart().length).search(AFTER_SHOP);
  const begin = from + line.length - line.trimStart().length;
  const name = text.slice(begin, cut < 0 ? to : begin + cut).trim();
  return name.length >= 2 && name.length <= 40 && !NOT_A_SHOP.test(plain(name)) ? name : undefined;
}

function amountAfter(said, labels) {
  for (const label of labels) {
    const paid = said.matchAll(
      new RegExp(`${label}(?:金额|款)?\\s*(?:\\((?![^)]*¥)[^)\\n]*\\))?\\s*:?\\s*(?:共\\s*[0-9]+\\s*件(?:商品)?)?` +
        `[^0-9¥\\n-]{0,4}\\s*¥?\\s*${MONEY}`, "g"),
    );
    const sums = new Set([...paid].map((m) => m[1].replaceAll(",", "") + (m[2] ?? "")));
    if (sums.size > 0) return sums.size === 1 ? [...sums][0] : undefined;
  }
  return undefined;
}

function dateAfter(said, labels) {
  for (const label of labels) {
    const days = new Set([...said.matchAll(new RegExp(`${label}\\s*:?\\s*${DATE}`, "g"))].map(dayOf));
    if (days.size > 0) return days.size === 1 ? [...days][0] : undefined;
  }
  return undefined;
}

/** A list of orders heads each with its date and number. */
function dateBefore(said, number) {
  return number && dayOf(said.match(new RegExp(`${DATE}[^\\n0-9]*(?:[0-9:]{4,8}[^\\n0-9]*)?${number}`)));
}

function dayOf(match) {
  if (!match) return undefined;
  const [year, month, day] = match.slice(1, 4).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}
