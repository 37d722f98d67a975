"""Differences of definitions, field by field, in words: for every kind of artefact that has no words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from tandem.decide.releases.sentences import Sentence, cut, shown
from tandem.kernel.artefacts import Artefact, FieldDifference, diff_artefacts

__all__ = ["field_sentences", "introduced", "kind_in_words"]

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "assessment": ("assessment", "上线评估"),
    "circle": ("circles of money", "资金回路"),
    "event_type": ("event type", "事件类型"),
    "experiment": ("experiment", "实验"),
    "feature_set": ("feature set", "特征集"),
    "graph": ("graph", "关系图谱"),
    "guard": ("guard rail", "护栏"),
    "legal_pack": ("legal pack", "法律条款包"),
    "letter": ("letter", "告知函"),
    "list": ("list", "名单"),
    "mapping": ("mapping", "映射"),
    "metric": ("metric", "指标"),
    "model": ("model", "模型"),
    "policy": ("policy", "策略"),
    "product": ("product", "产品"),
    "rate_cap": ("rate cap", "利率上限"),
    "reasons": ("reason catalogue", "原因目录"),
    "ring": ("definition of rings", "团伙定义"),
    "statements": ("statements", "客户说明"),
    "view": ("view", "视图"),
}

_PARTS: Final[Mapping[str, tuple[str, str]]] = {
    "derived": ("derived field", "派生字段"),
    "fields": ("field", "字段"),
    "features": ("feature", "特征"),
    "reasons": ("reason", "原因"),
    "statements": ("statement", "客户说明"),
    "versions": ("version", "版本"),
    "filters": ("filter", "筛选"),
    "columns": ("column", "列"),
    "links": ("link", "关联"),
}

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "aggregate": ("aggregate", "聚合方式"),
    "approval_rate": ("approval rate", "通过率"),
    "columns": ("columns", "列"),
    "country": ("country", "国家"),
    "customer": ("words for the customer", "对客户的说明"),
    "data_class": ("data class", "数据级别"),
    "derived": ("derived fields", "派生字段"),
    "description": ("description", "说明"),
    "en": ("English", "英文"),
    "entity": ("entity", "实体"),
    "error_share": ("share of failed requests", "失败请求占比"),
    "event": ("event", "事件"),
    "events": ("events", "事件"),
    "expires_after": ("default life of an entry", "条目默认有效期"),
    "expression": ("formula", "公式"),
    "field": ("field", "字段"),
    "fields": ("fields", "字段"),
    "filter": ("condition", "条件"),
    "function": ("function", "函数"),
    "hub": ("size of a crowd", "人群规模"),
    "identifier": ("identifier", "标识"),
    "internal": ("words for colleagues", "内部说明"),
    "ipv4_prefix": ("IPv4 prefix", "IPv4 前缀"),
    "ipv6_prefix": ("IPv6 prefix", "IPv6 前缀"),
    "joins": ("joins", "是否连接"),
    "kind": ("kind", "类型"),
    "links": ("links", "关联"),
    "latency_ms_p99": ("time of the slowest 1 % in ms", "最慢 1% 的耗时（毫秒）"),
    "marks": ("marks", "标记"),
    "max": ("at most", "上限"),
    "maximum": ("largest value", "最大值"),
    "maximum_length": ("longest text", "最大长度"),
    "member": ("member", "成员"),
    "method": ("method", "方法"),
    "min": ("at least", "下限"),
    "minimum": ("smallest value", "最小值"),
    "minimum_decisions": ("decisions before it is judged", "起判决策数"),
    "of": ("made of", "来自"),
    "owner": ("owner", "负责人"),
    "policy": ("policy", "策略"),
    "purpose": ("purpose", "用途"),
    "required": ("required", "必填"),
    "source": ("source", "来源"),
    "sql": ("query", "查询"),
    "subject": ("subject", "主体"),
    "table": ("table", "表"),
    "time": ("time column", "时间列"),
    "title": ("title", "标题"),
    "type": ("type", "类型"),
    "unit": ("unit", "单位"),
    "values": ("allowed values", "允许取值"),
    "when": ("condition", "条件"),
    "where": ("condition", "条件"),
    "window": ("window", "时间窗口"),
    "window_minutes": ("minutes looked at", "观察时长（分钟）"),
    "windows": ("windows", "时间窗口"),
    "zh": ("Chinese", "中文"),
    "zh-CN": ("Chinese", "中文"),
}

_INTRODUCED: Final = Sentence("A new {kind}: {text}.", "新增{kind}：{text}。")
_ADDED: Final = Sentence("{where} was added: {new}.", "新增{where}：{new}。")
_REMOVED: Final = Sentence("{where} was removed; it was {old}.", "删除{where}；原为：{old}。")
_CHANGED: Final = Sentence("{where} changed from {old} to {new}.", "{where}由 {old} 改为 {new}。")
_SAME: Final = Sentence("Nothing changed.", "没有变化。")
_LATIN_END: Final = re.compile(r"([!-~])的")
_STEP: Final = re.compile(r"([^.\[\]]+)|\[([^\]]*)\]")


def kind_in_words(kind: str) -> Sentence:
    """What a kind of artefact is called."""
    en, zh = _KINDS.get(kind, (kind.replace("_", " "), kind))
    return Sentence(en, zh)


def field_sentences(old: Artefact, new: Artefact) -> tuple[Sentence, ...]:
    """Every field that differs between two versions of one definition, one sentence each."""
    differences = diff_artefacts({old.key: old}, {new.key: new})
    found = tuple(_sentence(one) for difference in differences for every in difference.fields for one in _apart(every))
    return found or (_SAME,)


def introduced(new: Artefact) -> tuple[Sentence, ...]:
    """A definition that was not there before: its properties, and its parts one by one, by their names in words."""
    kind = kind_in_words(new.kind)
    fields = {key: value for key, value in new.body.items() if key not in {"name", new.kind}}
    parts = {key: value for key, value in fields.items() if key in _PARTS and _has_names(value)}
    own = {key: value for key, value in fields.items() if key not in parts}
    en = _INTRODUCED.en.format(kind=kind.en, text=cut(_told(own, 0)))
    zh = _INTRODUCED.zh.format(kind=kind.zh, text=cut(_told(own, 1)))
    told = [Sentence(en, zh)]
    for key, items in parts.items():
        told.extend(_part(key, item) for item in items)
    return tuple(told)


def _apart(difference: FieldDifference) -> Iterable[FieldDifference]:
    """A list of parts that came or went as a whole, part by part."""
    parts = difference.new if difference.kind == "added" else difference.old
    if difference.path not in _PARTS or difference.kind == "changed" or not _has_names(parts):
        return [difference]
    key = "new" if difference.kind == "added" else "old"
    return [
        msgspec.structs.replace(difference, path=f"{difference.path}[{one['name']}]", **{key: one}) for one in parts
    ]


def _has_names(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) and "name" in one for one in value)


def _part(container: str, item: dict[str, Any]) -> Sentence:
    where = _where(f"{container}[{item['name']}]")
    en, zh = (_value(item, tongue) for tongue in (0, 1))
    return Sentence(f"{where.en[:1].upper()}{where.en[1:]}: {en}.", f"{where.zh.rstrip()}：{zh}。")


def _told(value: Any, tongue: int) -> str:
    """A structure of a definition, its keys in words; ``tongue``: 0 English, 1 Chinese."""
    if not isinstance(value, dict) or not value:
        return shown(value)
    between, after = ((", ", " "), ("，", " "))[tongue]
    told = ((_WORDS.get(key, (key.replace("_", " "), key))[tongue], item) for key, item in value.items())
    return between.join(f"{name}{after}{_told(item, tongue)}" for name, item in told)


def _sentence(difference: FieldDifference) -> Sentence:
    where = _where(difference.path)
    template = {"added": _ADDED, "removed": _REMOVED, "changed": _CHANGED}[difference.kind]
    told = [{"old": _value(difference.old, tongue), "new": _value(difference.new, tongue)} for tongue in (0, 1)]
    en = template.en.format(where=where.en[:1].upper() + where.en[1:], **told[0])
    return Sentence(en, template.zh.format(where=where.zh, **told[1]).replace(" ：", "：").replace(" ；", "；"))


def _value(value: Any, tongue: int) -> str:
    if isinstance(value, dict):  # the name stands in front already
        value = {key: item for key, item in value.items() if key not in {"name", "id"}}
    return cut(_told(value, tongue))


def _where(path: str) -> Sentence:
    """``fields[age].minimum`` as: field age, smallest value."""
    en: list[str] = []
    zh: list[str] = []
    for container, key in _steps(path):
        if key is None:
            words = _WORDS.get(container, (container.replace("_", " "), container))
            en.append(words[0])
            zh.append(words[1])
        else:
            part = _PARTS.get(container, (container.replace("_", " "), container))
            en.append(f"{part[0]} {key}")
            zh.append(f"{part[1]} {key}")
    return Sentence(", ".join(en), _spaced("的".join(zh)))


def _spaced(text: str) -> str:
    """A space between Chinese and Latin words, as it is set."""
    return _LATIN_END.sub(r"\1 的", text) + (" " if text[-1:].isascii() else "")


def _steps(path: str) -> Iterable[tuple[str, str | None]]:
    """The steps of a path: a part with the name of its item, or a property."""
    tokens = [(match.group(1), match.group(2)) for match in _STEP.finditer(path)]
    index = 0
    while index < len(tokens):
        word, item = tokens[index]
        following = tokens[index + 1] if index + 1 < len(tokens) else (None, None)
        if word is not None and following[1] is not None:
            number = following[1]
            yield word, str(int(number) + 1) if number.isdecimal() else number
            index += 2
        elif word is not None and index == 0 and word in _PARTS and following[0] is not None:
            yield word, following[0]  # reasons.UNDER_AGE: a part whose items stand by name in a map
            index += 2
        else:
            yield word or item or "", None
            index += 1
