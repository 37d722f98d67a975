"""After the last kill: what the clients were told, held against what a fresh process finds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from crash_harness.asking import Asked
from crash_harness.plan import WORKSPACE, Run
from crash_harness.worker import settings_of

from tandem.decide.decisions import DecisionProcess, decode_body, open_process
from tandem.kernel.errors import TandemError
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import SystemClock

__all__ = ["Finding", "reconcile"]


@dataclass(frozen=True)
class Finding:
    """One broken promise: ``lost``, ``doubled``, ``changed``, ``invented``, ``refused``, ``gap``, ``chain``,
    ``replay``, ``state``, ``retry``, ``hang``, ``died``."""

    kind: str
    detail: str


@dataclass
class _Told:
    """What all clients together were told, by key."""

    answers: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    events: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)
    unknown: list[Asked] = field(default_factory=list)


@dataclass
class _Book:
    """What stands in the journal, by key as it is written in the bodies; never by the index that is under test."""

    records: int = 0
    events: Counter[str] = field(default_factory=Counter)
    lists: Counter[str] = field(default_factory=Counter)
    decisions: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))


def reconcile(run: Run, asked: Iterable[Asked]) -> list[Finding]:
    """Every promise that was broken; empty is what is wanted."""
    asked = list(asked)
    try:
        process = open_process(settings_of(run), WORKSPACE)
    except (TandemError, ValueError, AssertionError) as error:
        return [Finding("died", f"after the last kill it does not open: {error!r}")]
    try:
        told = _Told()
        return [
            *_heard(asked, told),
            *_read_back(process, told),
            *_asked_again(process, told),
            *_proved(process),
        ]
    finally:
        process.close()


def _heard(asked: list[Asked], told: _Told) -> Iterator[Finding]:
    for line in asked:
        question = line.question
        yield from (Finding("hang", f"{question.keys}: {fault}") for fault in line.faults)
        if question.kind != "abuse":
            told.noted.update(question.keys)
        if line.status is None:
            told.unknown.append(line)
        elif question.kind == "abuse":
            if line.status != 409:
                yield Finding("refused", f"{question.keys}: other content under a known id got {line.status}")
        elif line.status != 200:
            yield Finding("refused", f"{question.keys}: {line.status} {line.answer.decode()[:300]}")
        elif question.kind == "list":
            told.lists.update(question.keys)
        elif question.kind == "event":
            told.events.update(question.keys)
        else:
            yield from _answers(line, told)


def _answers(line: Asked, told: _Told) -> Iterator[Finding]:
    if line.question.kind == "decision":
        told.answers[line.question.keys[0]].add(line.answer)
        return
    for key, item in zip(line.question.keys, msgspec.json.decode(line.answer, type=_Batch).items, strict=True):
        if item.status == 200:
            told.answers[key].add(bytes(item.answer))
        else:
            yield Finding("refused", f"{key}: {item.status} in a batch")


class _Item(msgspec.Struct):
    status: int
    answer: msgspec.Raw = msgspec.Raw()


class _Batch(msgspec.Struct):
    items: list[_Item]


def _read_back(process: DecisionProcess, told: _Told) -> Iterator[Finding]:
    book = _Book()
    for record in process.journal.read():
        book.records += 1
        if record.seq != book.records:
            yield Finding("gap", f"record {record.seq} stands in place {book.records}")
        if record.kind == "event":
            event = msgspec.json.decode(record.clear)["event_id"]
            book.events[event] += 1
        elif record.kind == "list":
            book.lists[msgspec.json.decode(record.clear)["change_id"]] += 1
        elif record.kind == "decision":
            body = decode_body(record.clear)
            book.decisions[body.trail.event_id].append(bytes(body.answer))
    yield from _lost(told, book)
    yield from _doubled(told, book)
    yield from _changed(told, book)


def _lost(told: _Told, book: _Book) -> Iterator[Finding]:
    for key in told.answers.keys() - book.decisions.keys():
        yield Finding("lost", f"the decision on {key} was acknowledged and is not there")
    for key in (told.events | told.answers.keys()) - book.events.keys():
        yield Finding("lost", f"event {key} was acknowledged and is not there")
    for key in told.lists - book.lists.keys():
        yield Finding("lost", f"list change {key} was acknowledged and is not there")


def _doubled(told: _Told, book: _Book) -> Iterator[Finding]:
    for what, counts in (
        ("event", book.events),
        ("list change", book.lists),
        ("decision on", {key: len(answers) for key, answers in book.decisions.items()}),
    ):
        for key, count in counts.items():
            if count > 1:
                yield Finding("doubled", f"{what} {key} stands there {count} times")
            if key not in told.noted:
                yield Finding("invented", f"{what} {key} was never asked for")


def _changed(told: _Told, book: _Book) -> Iterator[Finding]:
    for key, answers in told.answers.items():
        if len(answers) > 1:
            yield Finding("changed", f"{key} was answered in {len(answers)} ways")
        kept = book.decisions.get(key, [])
        if kept and not answers <= set(kept):
            yield Finding("changed", f"the answer to {key} is not the one that is kept")


def _asked_again(process: DecisionProcess, told: _Told) -> Iterator[Finding]:
    """What nobody knows the fate of: it happened once or never; asked again it happens, and then stays as it is."""
    for line in told.unknown:
        for document, send in _sendings(process, line):
            try:
                first, second = send(document), send(document)
            except TandemError as error:
                yield Finding("retry", f"{line.question.keys}: {error.code}")
                continue
            if first != second:
                yield Finding("changed", f"{line.question.keys} was answered anew when asked again")


def _sendings(process: DecisionProcess, line: Asked) -> Iterator[tuple[dict[str, Any], Any]]:
    document = msgspec.json.decode(line.question.body)
    kind = line.question.kind
    if kind == "decision":
        yield document, lambda one: process.decide_now(one).body
    elif kind == "event":
        yield document, lambda one: process.record_now(one).body
    elif kind == "batch":
        for event in document["events"]:
            yield event, lambda one: process.decide_now(one).body
    elif kind == "list":
        by = document.pop("by")
        yield document, lambda one: process.change_list("blocked_devices", one, by=by) and None


def _proved(process: DecisionProcess) -> Iterator[Finding]:
    report = process.journal.verify(expected_count=process.journal.count)
    for damage in report.damage:
        yield Finding("chain", f"{damage.kind} {damage.seq} to {damage.last_seq}: {damage.detail}")
    decisions = 0
    for replayed in process.archive.replay_all():
        decisions += 1
        if not replayed.same:
            yield Finding("replay", f"{replayed.decision_id}: {replayed.differences}")
    if decisions != sum(1 for _ in process.journal.read(kinds=["decision"])):
        yield Finding("replay", "not every decision was replayed")
    scratch = DecisionProcess(process.journal, process._vault, clock=SystemClock(), entropy=SystemEntropy())
    if _state(scratch) != _state(process):
        yield Finding("state", "the state from the snapshot is not the one folded from the first record on")


def _state(process: DecisionProcess) -> tuple[int, bytes, bytes]:
    known = process.state.known
    return process.state.seq, b"" if known is None else known.snapshot(), process.state.lists.snapshot()
