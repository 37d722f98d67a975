"""The history of a case as sentences, in English and Chinese."""

from __future__ import annotations

from tandem.act.cases.changes import (
    Assigned,
    CaseChange,
    Escalated,
    Joined,
    Labelled,
    Noted,
    Opened,
    Proposed,
    Reopened,
    Resolved,
    Returned,
    Seconded,
    Snoozed,
)
from tandem.act.cases.rules import CaseRules, Words
from tandem.kernel.time import Micros, format_instant

__all__ = ["tell"]


def tell(change: CaseChange, rules: CaseRules) -> Words:
    """One sentence about ``change``, in the words of ``rules`` for queues and dispositions."""
    if isinstance(change, Opened | Joined):
        return _evidence(change, rules)
    by = change.by
    if isinstance(change, Assigned):
        return _assigned(by, change.to)
    if isinstance(change, Snoozed):
        until = _minute(change.until)
        return Words(f"{by} put it to sleep until {until}.", f"{by} 将案件暂缓至 {until}。")
    if isinstance(change, Escalated):
        queue = _queue(change.queue, rules)
        return Words(f"{by} escalated it to {queue.en}.", f"{by} 将案件升级至“{queue.zh}”。")
    if isinstance(change, Proposed | Resolved):
        said = _disposition(change.disposition, rules)
        if isinstance(change, Proposed):
            return Words(
                f"{by} proposed: {said.en}. Another person has to agree.", f"{by} 提议：{said.zh}，等待第二人复核。"
            )
        return Words(f"{by} resolved it: {said.en}.", f"{by} 结案：{said.zh}。")
    return _plain(change)


def _plain(change: CaseChange) -> Words:
    by = change.by
    if isinstance(change, Noted):
        return Words(f"{by} wrote a note.", f"{by} 添加了备注。")
    if isinstance(change, Seconded):
        return Words(f"{by} agreed, so it is resolved.", f"{by} 复核同意，案件已结。")
    if isinstance(change, Returned):
        return Words(f"{by} did not agree and sent it back.", f"{by} 复核不同意，已退回。")
    if isinstance(change, Reopened):
        return Words(f"{by} opened it again.", f"{by} 重新打开了案件。")
    if isinstance(change, Labelled):
        if change.events:
            return Words("The disposition was recorded as a label.", "处置结果已记录为标签。")
        return Words("The disposition could not be recorded as a label.", "处置结果无法记录为标签。")
    return Words(f"{by} took the last change back.", f"{by} 撤销了上一步操作。")


def _evidence(change: Opened | Joined, rules: CaseRules) -> Words:
    queue = _queue(change.queue, rules)
    if change.evidence is None:
        return Words(f"Opened in {queue.en}.", f"案件进入“{queue.zh}”。")
    policy = change.evidence.policy
    if isinstance(change, Opened):
        return Words(
            f"Opened in {queue.en} by a decision of {policy}.", f"策略 {policy} 的决策触发，案件进入“{queue.zh}”。"
        )
    return Words(f"Another decision of {policy} joined the case.", f"策略 {policy} 的另一笔决策并入本案。")


def _assigned(by: str, to: str | None) -> Words:
    if to is None:
        return Words(f"{by} gave it back to the queue.", f"{by} 将案件退回队列。")
    if to == by:
        return Words(f"{by} took it.", f"{by} 领取了案件。")
    return Words(f"{by} gave it to {to}.", f"{by} 将案件分派给 {to}。")


def _queue(name: str, rules: CaseRules) -> Words:
    return next((one.title for one in rules.queues if one.queue == name), Words(name, name))


def _disposition(name: str, rules: CaseRules) -> Words:
    found = rules.disposition(name)
    return Words(name, name) if found is None else found.title


def _minute(at: Micros) -> str:
    return format_instant(at)[:16].replace("T", " ") + " UTC"
