"""The shop's few pages as HTML, in both languages. Every page says that it is a sandbox."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final, Literal, TypeAlias

from tandem.faces.shop.orders import GOODS, Order
from tandem.kernel.money import CURRENCY_EXPONENTS

__all__ = ["FRAME_SCRIPT", "STYLE", "Language", "framed", "goods", "order_page", "trouble"]

Language: TypeAlias = Literal["en", "zh-CN"]

_WORDS: Final[dict[str, dict[Language, str]]] = {
    "shop": {"en": "Sandbox shop", "zh-CN": "沙箱商店"},
    "sandbox": {"en": "A sandbox: nothing here is sold, and no money moves.", "zh-CN": "沙箱环境：不销售任何商品，不产生真实扣款。"},
    "member": {"en": "Who buys (your member number here)", "zh-CN": "购买人（本店会员号）"},
    "buy": {"en": "Pay in instalments", "zh-CN": "分期付款"},
    "frame": {"en": "Pay in instalments, on this page", "zh-CN": "在本页分期付款"},
    "order": {"en": "Order {number}", "zh-CN": "订单 {number}"},
    "waiting": {"en": "Not paid yet", "zh-CN": "待付款"},
    "paid": {"en": "Paid", "zh-CN": "已付款"},
    "refunded": {"en": "Refunded", "zh-CN": "已退款"},
    "again": {"en": "Pay now", "zh-CN": "去付款"},
    "refund": {"en": "Give the money back", "zh-CN": "退款"},
    "checked": {"en": "The lender's signature was checked.", "zh-CN": "已验证贷款机构的签名。"},
    "unchecked": {
        "en": "What came back was not signed by the lender; it was asked directly.",
        "zh-CN": "返回信息未经贷款机构签名，已直接向其核实。",
    },
    "back": {"en": "Back to the shop", "zh-CN": "返回商店"},
    "trouble": {"en": "That did not work", "zh-CN": "操作未成功"},
}  # fmt: skip

STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1b1a; --soft: #5a5a55; --ground: #faf8f3; --card: #fff; --line: #dcd8cc; --go: #1d6b45; --on: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #efeee9; --soft: #b5b3aa; --ground: #1c1b18; --card: #262521; --line: #423f38; --go: #7fd0a5; --on: #14231b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 Georgia, "Noto Serif CJK SC", serif; }
.note { padding: .5rem 1rem; background: #fdebc3; color: #5c3d00; font-family: system-ui, sans-serif; font-size: .875rem; }
main { max-width: 44rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
h1 { font-size: 1.75rem; margin: 0 0 1rem; }
.goods { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; }
.card { display: flex; flex-direction: column; gap: .625rem; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
.card h2 { font-size: 1.125rem; margin: 0; }
.price { font-size: 1.25rem; }
.state { font-size: 1.5rem; }
label { display: flex; flex-direction: column; gap: .25rem; color: var(--soft); font-size: .9375rem; }
input { min-height: 44px; padding: 0 .625rem; border: 1px solid #8d897c; border-radius: 4px; background: var(--card); color: var(--ink); font: inherit; }
button { min-height: 44px; padding: 0 1rem; border: 1px solid var(--go); border-radius: 4px; background: var(--go); color: var(--on); font: inherit; cursor: pointer; }
button.plain { background: none; color: var(--go); }
a { color: var(--go); }
.soft { color: var(--soft); }
iframe { width: 100%; max-width: 26rem; height: min(52rem, 85vh); border: 1px solid var(--line); border-radius: 6px; background: var(--card); }
"""

FRAME_SCRIPT: Final = """
// The lender's page in the frame says that it is over, and where to go; only the lender is believed, and only back to this shop.
const frame = document.querySelector("iframe");
const lender = new URL(frame.src).origin;
window.addEventListener("message", (event) => {
  if (event.origin !== lender || event.source !== frame.contentWindow || event.data?.tandem !== "done") return;
  const back = new URL(event.data.back);
  if (back.origin === window.location.origin) window.location.assign(back);
});
"""


def goods(language: Language, currency: str) -> str:
    """What is on sale."""
    cards = "".join(
        f"""<form class="card" method="post" action="/orders">
<h2>{escape(one.zh if language == "zh-CN" else one.en)}</h2>
<span class="price">{_amount(one.price_minor, currency)}</span>
<input type="hidden" name="good" value="{one.name}">
<label>{_say("member", language)}<input name="member" required maxlength="60" value="member-2231" autocomplete="off"></label>
<button name="how" value="redirect">{_say("buy", language)}</button>
<button class="plain" name="how" value="frame">{_say("frame", language)}</button>
</form>"""
        for one in GOODS
    )
    return _page(language, _say("shop", language), f'<div class="goods">{cards}</div>')


def order_page(order: Order, language: Language, currency: str, *, signed: bool | None = None) -> str:
    """One order. ``signed``: whether what the browser brought back was; None where it brought nothing."""
    good = order.good.zh if language == "zh-CN" else order.good.en
    parts = [
        f'<h2>{escape(good)}</h2><span class="price">{_amount(order.good.price_minor, currency)}</span>',
        f'<p class="state" data-state="{order.state}" role="status">{_say(order.state, language)}</p>',
    ]
    if signed is not None:
        said = _say("checked" if signed else "unchecked", language)
        parts.append(f'<p class="soft" data-signed="{str(signed).lower()}">{said}</p>')
    if order.state == "waiting":
        parts.append(_button(f"/orders/{order.number}/pay", _say("again", language)))
    if order.state == "paid":
        parts.append(_button(f"/orders/{order.number}/refund", _say("refund", language), plain=True))
    body = f'<div class="card">{"".join(parts)}</div><p><a href="/">{_say("back", language)}</a></p>'
    return _page(language, _say("order", language).format(number=escape(order.number)), body)


def framed(order: Order, address: str, language: Language) -> str:
    """The lender's page in a frame of the shop's own."""
    title = _say("buy", language)
    body = f'<iframe src="{escape(address, quote=True)}" title="{title}"></iframe><script src="/frame.js"></script>'
    return _page(language, _say("order", language).format(number=escape(order.number)), body)


def trouble(words: str, language: Language) -> str:
    """What went wrong."""
    body = f'<p role="alert">{escape(words)}</p><p><a href="/">{_say("back", language)}</a></p>'
    return _page(language, _say("trouble", language), body)


def _page(language: Language, title: str, *parts: str) -> str:
    return "".join(_document(language, title, parts))


def _document(language: Language, title: str, parts: Iterable[str]) -> Iterable[str]:
    yield f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<title>{title}</title><link rel="stylesheet" href="/shop.css"></head><body>'
    yield f'<aside class="note">{_say("sandbox", language)}</aside><main><h1>{title}</h1>'
    yield from parts
    yield "</main></body></html>"


def _button(action: str, words: str, *, plain: bool = False) -> str:
    look = ' class="plain"' if plain else ""
    return f'<form method="post" action="{escape(action, quote=True)}"><button{look}>{words}</button></form>'


def _say(key: str, language: Language) -> str:
    return _WORDS[key][language]


def _amount(minor: int, currency: str) -> str:
    digits = CURRENCY_EXPONENTS[currency]
    return f"{currency}&nbsp;{minor / 10**digits:,.{digits}f}"
