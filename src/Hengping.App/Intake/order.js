// Reads the text of an order page of Taobao, Tmall, JD or Pinduoduo. Pure: text in, what was recognised out; what is
// not certain is left out. Nothing here reaches the network.

const ACTIONS = /(?:进店逛逛|进店|进入店铺|联系客服|联系卖家|联系商家|和我联系|在线客服|客服|收藏店铺|关注|复制|展开|>|›|»|→)/;
const TAIL = new RegExp(`(?:\\s*${ACTIONS.source})+\\s*$`);
const AFTER_SHOP = new RegExp(
  "\\s{2,}|\\t|\\s(?=[^\\s:]{2,8}:)" +
    "|(?:订单编号|订单号|下单时间|创建时间|付款时间|实付|应付|交易状态|联系方式|支付方式|配送方式|商品)|" +
    ACTIONS.source,
);
const SHOP_LABEL = /(^|[\s,;|])(店铺名称|店铺名|店铺|商家名称|商家店铺|商家|卖家昵称|卖家|商店)(\s*:\s*|[ \t]+|\n)(?=\S)/g;
const NOT_A_SHOP = /^(?:优惠|券|红包|已|未|正在|备注|留言|服务|承诺|发货|同意|拒绝|电话|满|减|活动|-|¥|\d+\s*$)|[¥:]/;
const LOOKS_LIKE_SHOP = new RegExp(
  "^[\\p{L}\\p{N}][\\p{L}\\p{N} ·&()_.'-]{1,30}" +
    "(?:旗舰店|专营店|专卖店|官方店|直营店|企业店|自营店|工厂店|直发店|店铺|店)$",
  "u",
);

const ORDER = new RegExp(
  "(商户|支付|子|退款|物流)?(?:订单编号|订单号|订单 ?ID|Order (?:No\\.?|number))\\s*:?\\s*" +
    "([0-9]{6}-[0-9]{9,18}|[0-9]{9,22})(?![0-9])",
  "gi",
);
const PINDUODUO_ORDER = /(^|[^0-9])([0-9]{6}-[0-9]{15})(?![0-9])/g;

const MONEY = "([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\\.[0-9]{1,2})?(?![0-9.])";
const PAID = ["实付款", "实付金额", "实际付款", "实际支付", "实付", "已付款", "支付金额"];
const TO_PAY = ["应付总额", "应付金额", "应付款", "订单总价", "订单金额", "订单总额", "合计", "总价"];

const ORDERED = ["下单时间", "订单创建时间", "创建时间", "提交时间", "订单时间", "拼单时间"];
const PAYING = ["付款时间", "支付时间", "成交时间"];
const DATE = "(20[0-9]{2})\\s*[-/.年]\\s*([0-9]{1,2})\\s*[-/.月]\\s*([0-9]{1,2})(?![0-9])";

/** Full-width forms as their plain ones, sign by sign: positions stay what they were. */
export const plain = (text) =>
  text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\uFFE5/g, "¥")
    .replace(/[\u3000\u00A0]/g, " ")
    .replace(/\r/g, "\n");

/**
 * @param {string} text as pasted
 * @returns {{platform?: string, shop?: string, orderNo?: string, orderedAt?: string, amount?: string, orders: number}}
 *   orderedAt as 2026-10-03, amount in yuan as 1299.00; orders: how many different order numbers stand in the text.
 */
export function readOrder(text) {
  const said = plain(text);
  const numbers = orderNumbers(said);
  return {
    platform: platformOf(said, numbers[0]),
    shop: shopOf(text, said, numbers[0]),
    orderNo: numbers[0],
    orderedAt: dateAfter(said, ORDERED) ?? dateAfter(said, PAYING) ?? dateBefore(said, numbers[0]),
    amount: amountAfter(said, PAID) ?? amountAfter(said, TO_PAY),
    orders: numbers.length,
  };
}

function orderNumbers(said) {
  const named = [...said.matchAll(ORDER)].filter((m) => !m[1]).map((m) => m[2]);
  const shaped = [...said.matchAll(PINDUODUO_ORDER)].map((m) => m[2]);
  return [...new Set([...named, ...shaped])];
}

// What each page says of itself; the order number's form weighs as much as two words.
function platformOf(said, number) {
  const has = (pattern) => (pattern.test(said) ? 1 : 0);
  const weights = {
    淘宝: has(/淘宝|taobao/i) + has(/支付宝交易号/) + has(/淘气值|淘金币/),
    天猫: has(/天猫|tmall/i) * 1.5,
    京东: has(/京东|jd\.com/i) + has(/京豆|PLUS会员|白条/),
    拼多多: has(/拼多多|pinduoduo|yangkeduo/i) + has(/拼单|拼团/) + has(/多多(?:支付|钱包|进宝)/),
  };
  if (/^[0-9]{6}-[0-9]{15}$/.test(number ?? "")) weights["拼多多"] += 2;
  else if (/^[0-9]{18,19}$/.test(number ?? "")) weights["淘宝"] += weights["天猫"] > 0 ? 0 : 2;
  else if (/^[0-9]{11,13}$/.test(number ?? "")) weights["京东"] += 2;
  if (weights["天猫"] > 0 && /^[0-9]{18,19}$/.test(number ?? "")) weights["天猫"] += 2;
  const [best, next] = Object.entries(weights).sort((a, b) => b[1] - a[1]);
  return best[1] > next[1] ? best[0] : undefined;
}

function shopOf(text, said, number) {
  for (const label of said.matchAll(SHOP_LABEL)) {
    const from = label.index + label[0].length;
    const end = said.indexOf("\n", from);
    const shop = nameAt(text, said, from, end < 0 ? said.length : end);
    if (shop) return shop;
  }
  // The app shows the shop above the goods without saying what it is.
  let from = 0;
  for (const line of said.split("\n")) {
    // In a list of orders it follows the number.
    const after = number && line.includes(number) ? line.indexOf(number) + number.length : 0;
    if (LOOKS_LIKE_SHOP.test(line.slice(after).replace(TAIL, "").trim()))
      return nameAt(text, said, from + after, from + line.length);
    from += line.length + 1;
  }
  return undefined;
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
    const paid = said.match(
      new RegExp(`${label}(?:金额|款)?\\s*(?:\\((?![^)]*¥)[^)\\n]*\\))?\\s*:?\\s*(?:共\\s*[0-9]+\\s*件(?:商品)?)?` +
        `[^0-9¥\\n-]{0,4}\\s*¥?\\s*${MONEY}`),
    );
    if (paid) return paid[1].replaceAll(",", "") + (paid[2] ?? "");
  }
  return undefined;
}

function dateAfter(said, labels) {
  for (const label of labels) {
    const day = dayOf(said.match(new RegExp(`${label}\\s*:?\\s*${DATE}`)));
    if (day) return day;
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
