"""Rings in words, English and Chinese: what was found, what became of it, and what speaks for another explanation."""

from __future__ import annotations

from typing import Final, NamedTuple

from tandem.act.rings.changes import CaseOpened, Dismissed, Listed, Returned, Seen
from tandem.act.rings.folding import Happened
from tandem.act.rings.portrait import Figures
from tandem.kernel.time import DAY, HOUR, MINUTE

__all__ = ["Said", "caveats", "describe", "how_long", "tell", "why_refused"]

_KINDS: Final = {
    "device": ("device", "devices", "台设备"),
    "phone": ("phone", "phones", "个手机号"),
    "contact": ("contact phone", "contact phones", "个紧急联系人电话"),
    "address": ("address", "addresses", "个地址"),
    "card": ("card", "cards", "张银行卡"),
    "ip": ("IP address", "IP addresses", "个 IP 地址"),
    "wifi": ("Wi-Fi", "Wi-Fis", "个 Wi-Fi"),
    "employer": ("employer", "employers", "个雇主"),
}
_SHOWN: Final = 3


class Said(NamedTuple):
    """A text in both languages."""

    en: str
    zh: str


def describe(figures: Figures) -> Said:
    """A ring in one sentence."""
    kinds = figures.kinds[:_SHOWN]
    span_en, span_zh = how_long(figures.span)
    en = f"{figures.size:,} applicants share {_and([_counted(kind, count) for kind, count in kinds])} within {span_en}"
    zh = f"{figures.size:,} 名申请人在{span_zh}内共用 {'、'.join(_counted_zh(*one) for one in kinds)}"
    if figures.known_bad:
        verb = "is" if figures.known_bad == 1 else "are"
        return Said(f"{en}; {figures.known_bad:,} {verb} known fraud", f"{zh}；其中 {figures.known_bad:,} 人已确认欺诈")
    return Said(f"{en}; none is known fraud yet", f"{zh}；尚无人确认欺诈")


def caveats(figures: Figures) -> list[Said]:
    """What an analyst should think of before acting."""
    found = []
    if figures.households:
        found.append(
            Said(
                f"{figures.households:,} of them have shared an address for months, as families do; they count for half.",
                f"其中 {figures.households:,} 人数月来一直共用地址，可能是家庭成员，权重减半。",
            )
        )
    if figures.known_good:
        found.append(
            Said(
                f"{figures.known_good:,} of them are known to be honest.",
                f"其中 {figures.known_good:,} 人已确认并非欺诈。",
            )
        )
    if figures.known_bad == 0:
        found.append(
            Said(
                "No fraud is known yet: this rests on how alike they are, and not on what they did.",
                "尚无已确认的欺诈：目前只依据相似程度，而非实际结果。",
            )
        )
    return found


def tell(happened: Happened) -> Said:
    """What became of a ring, as a sentence."""
    change, size = happened.change, happened.size
    if isinstance(change, Seen):
        joined, left, others = len(change.joined), len(change.left), ", ".join(change.others)
        return {
            "born": Said(f"Found with {size:,} members", f"首次发现，共 {size:,} 人"),
            "grown": Said(f"Grew by {joined:,} to {size:,}", f"新增 {joined:,} 人，共 {size:,} 人"),
            "shrunk": Said(f"{left:,} left; {size:,} remain", f"减少 {left:,} 人，余 {size:,} 人"),
            "merged": Said(
                f"Took in {others}; {size:,} members" if size else f"Went into {others}",
                f"并入了 {others}，共 {size:,} 人" if size else f"已并入 {others}",
            ),
            "split": Said(f"Split off from {others} with {size:,} members", f"从 {others} 分出，共 {size:,} 人"),
            "ended": Said("Found no more", "不再被发现"),
        }[change.what]
    if isinstance(change, Listed):
        count = len(change.entries)
        if change.automatic:
            return Said(f"{count:,} put on lists by the automatic rule", f"自动规则将 {count:,} 项列入名单")
        return Said(
            f"{count:,} put on lists by {change.by}: {change.reason}",
            f"{change.by} 将 {count:,} 项列入名单：{change.reason}",
        )
    if isinstance(change, Dismissed):
        return Said(f"Dismissed by {change.by}: {change.reason}", f"{change.by} 排除了该团伙：{change.reason}")
    if isinstance(change, Returned):
        return Said("Came back: it grew by a half since it was dismissed", "重新出现：排除后规模增长了一半")
    if isinstance(change, CaseOpened):
        return Said(f"Case opened by {change.by}", f"{change.by} 建立了案件")
    return Said(f"Taken back by {change.by}: {change.reason}", f"{change.by} 撤销了名单变更：{change.reason}")


def why_refused(code: str, kind: str, users: int, good: int) -> Said:
    """Why an identifier is not put on a list."""
    one, _, _ = _names(kind)
    return {
        "crowd": Said(f"A crowd's {one}: {users:,} people use it", f"属于人群共用：{users:,} 人使用"),
        "joins_nobody": Said(f"The {one} joins nobody in this graph", "该类标识在图谱中不连接任何人"),
        "honest_history": Said(
            f"{good:,} of the {users:,} people who use this {one} are known to be honest",
            f"使用者 {users:,} 人中有 {good:,} 人已确认诚信",
        ),
        "no_list": Said(f"The definition names no list for a {one}", "定义中没有为该类标识指定名单"),
    }[code]


def how_long(span: int) -> Said:
    """A duration in its largest fitting unit."""
    for size, en, zh in ((2 * DAY, "days", "天"), (HOUR, "h", "小时"), (MINUTE, "min", "分钟")):
        unit = DAY if size == 2 * DAY else size
        if span >= size:
            count = max(1, round(span / unit))
            return Said(f"{count:,} {en}", f" {count:,} {zh}")
    return Said("a minute", "一分钟")


def _names(kind: str) -> tuple[str, str, str]:
    plain = kind.replace("_", " ")
    return _KINDS.get(kind, (plain, f"{plain} entities", f"个 {plain}"))


def _counted(kind: str, count: int) -> str:
    one, many, _ = _names(kind)
    return f"{count:,} {one if count == 1 else many}"


def _counted_zh(kind: str, count: int) -> str:
    return f"{count:,} {_names(kind)[2]}"


def _and(parts: list[str]) -> str:
    if not parts:
        return "nothing that lives"
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
