"""Two versions of a model compared by what they are and what was measured of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from tandem.decide.models import (
    Blend,
    GruDocument,
    ModelDocument,
    SageDocument,
    SignedModel,
    StatefulDocument,
    read_document,
)
from tandem.decide.releases.sentences import Sentence
from tandem.kernel.artefacts import Artefact

__all__ = ["model_introduced", "model_sentences"]

_Same = TypeVar("_Same")

_NEW: Final = Sentence(
    "{article} {kind} of {inputs} inputs, trained on {rows} rows ({adverse} adverse){figures}.",
    "{kind_zh}，{inputs} 个输入，训练样本 {rows} 条（其中坏样本 {adverse} 条）{figures}。",
)
_KIND: Final = Sentence("The kind changed from {old} to {new}.", "类型由 {old_zh} 改为 {new_zh}。")
_FIGURE: Final = Sentence("{name}: {old} before, {new} now ({change}).", "{name}：原 {old}，现 {new}（{change}）。")
_GAINED: Final = Sentence("It reads {names} now.", "新增输入：{names}。")
_LOST: Final = Sentence("It no longer reads {names}.", "不再使用输入：{names}。")
_ROWS: Final = Sentence("Trained on {new} rows instead of {old}.", "训练样本由 {old} 条变为 {new} 条。")
_DATA: Final = Sentence("Trained on other data.", "训练数据不同。")
_LINKS: Final = Sentence("Its neighbours come by {new} instead of {old}.", "邻居的关联方式由 {old} 改为 {new}。")
_SLOTS: Final = Sentence(
    "It reads {new} neighbours per link instead of {old}.", "每种关联读取的邻居数由 {old} 改为 {new}。"
)
_SUBJECT: Final = Sentence("It scores {new} instead of {old}.", "评分对象由 {old} 改为 {new}。")
_MARKS: Final = Sentence(
    "Who is known to be bad is told by {new} instead of {old}.", "坏样本的认定由 {old} 改为 {new}。"
)
_STATE: Final = Sentence(
    "It keeps {new} numbers of everybody instead of {old}.", "每个对象保存的状态由 {old} 个数改为 {new} 个数。"
)
_SCORES: Final = Sentence(
    "The weights differ; inputs, data and figures are the same.", "权重不同；输入、数据与指标均相同。"
)
_SAID: Final = {
    "additive": "additive model",
    "gru": "recurrent network",
    "linear": "linear model",
    "sage": "graph network",
    "tabular_network": "tabular network",
}
"""Kinds whose word is not the tag."""
_KINDS: Final = {
    "scorecard": "评分卡",
    "additive": "加性模型",
    "linear": "线性模型",
    "trees": "提升树",
    "tabular_network": "表格网络",
    "blend": "混合模型",
    "sage": "图网络",
    "gru": "循环网络",
}
_FIGURES: Final = {
    "auc_out_of_fold": Sentence("AUC out of fold", "折外 AUC"),
    "log_loss_out_of_fold": Sentence("log loss out of fold", "折外对数损失"),
    "auc_test": Sentence("AUC on the test", "测试集 AUC"),
    "ks_test": Sentence("KS on the test", "测试集 KS"),
}


def model_introduced(artefact: Artefact) -> tuple[Sentence, ...]:
    """What a new model is.

    Raises:
        DefinitionError: it is no model.
    """
    document = _document(artefact)
    metadata = document.metadata
    figures = [(_figure(name), f"{value:.4g}") for name, value in sorted(metadata.metrics.items())]
    en = "".join(f", {name.en} {value}" for name, value in figures)
    zh = "".join(f"，{name.zh} {value}" for name, value in figures)
    kind = str(document.__struct_config__.tag)
    parts = {
        "article": "An" if kind == "additive" else "A",
        "kind": _SAID.get(kind, kind),
        "kind_zh": _KINDS[kind],
        "inputs": len(_inputs(document)),
        "rows": f"{metadata.rows:,}",
        "adverse": f"{metadata.adverse_rows:,}",
    }
    return (Sentence(_NEW.en.format(figures=en, **parts), _NEW.zh.format(figures=zh, **parts)),)


def model_sentences(old: Artefact, new: Artefact) -> tuple[Sentence, ...]:
    """What differs between two versions of a model.

    Raises:
        DefinitionError: one of them is no model.
    """
    before, after = _document(old), _document(new)
    found: list[Sentence] = []
    kinds = [str(one.__struct_config__.tag) for one in (before, after)]
    if kinds[0] != kinds[1]:
        said = [_SAID.get(one, one) for one in kinds]
        words = {"old": said[0], "new": said[1], "old_zh": _KINDS[kinds[0]], "new_zh": _KINDS[kinds[1]]}
        found.append(_KIND.filled(**words))
    gained = [name for name in _inputs(after) if name not in _inputs(before)]
    lost = [name for name in _inputs(before) if name not in _inputs(after)]
    found += [_GAINED.filled(names=", ".join(gained))] if gained else []
    found += [_LOST.filled(names=", ".join(lost))] if lost else []
    if isinstance(before, SageDocument) and isinstance(after, SageDocument):
        found += _network_sentences(before, after)
    if isinstance(before, GruDocument) and isinstance(after, GruDocument):
        found += _told(before, after, [(_SUBJECT, _subject), (_STATE, lambda one: str(one.width))])
    if before.metadata.rows != after.metadata.rows:
        found.append(_ROWS.filled(old=f"{before.metadata.rows:,}", new=f"{after.metadata.rows:,}"))
    elif before.metadata.data_digest != after.metadata.data_digest:
        found.append(_DATA)
    for name in sorted({*before.metadata.metrics, *after.metadata.metrics}):
        was, now = before.metadata.metrics.get(name), after.metadata.metrics.get(name)
        if was != now:
            change = "–" if was is None or now is None else f"{now - was:+.4f}"
            label = _figure(name)
            parts = {"old": _number(was), "new": _number(now), "change": change}
            found.append(Sentence(_FIGURE.en.format(name=label.en, **parts), _FIGURE.zh.format(name=label.zh, **parts)))
    return tuple(found) or (_SCORES,)


def _network_sentences(before: SageDocument, after: SageDocument) -> list[Sentence]:
    of_both: list[tuple[Sentence, Callable[[SageDocument], str]]] = [
        (_SUBJECT, _subject),
        (_LINKS, lambda one: ", ".join(one.kinds)),
        (_SLOTS, lambda one: str(one.slots)),
        (_MARKS, lambda one: "; ".join(f"{mark.event}: {mark.when}" for mark in one.marks) or "–"),
    ]
    return _told(before, after, of_both)


def _told(before: _Same, after: _Same, of_both: Sequence[tuple[Sentence, Callable[[_Same], str]]]) -> list[Sentence]:
    return [
        sentence.filled(old=told(before), new=told(after)) for sentence, told in of_both if told(before) != told(after)
    ]


def _subject(document: StatefulDocument) -> str:
    return f"{document.event} ({document.member})"


def _document(artefact: Artefact) -> ModelDocument:
    read = read_document(artefact.body)
    return read.document if isinstance(read, SignedModel) else read


def _inputs(document: ModelDocument) -> list[str]:
    if isinstance(document, Blend):
        return list(dict.fromkeys(name for member in document.members for name in _inputs(member.model)))
    if isinstance(document, StatefulDocument):
        return list(document.inputs)
    return [one.name for one in document.inputs]


def _figure(name: str) -> Sentence:
    return _FIGURES.get(name, Sentence(name.replace("_", " "), name))


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"
